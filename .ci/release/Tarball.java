// SPDX-License-Identifier: Apache-2.0
package release;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// A folder as a `.tar.gz` whose bytes depend on names, content, links, age and the right to execute, and on nothing
/// else: entries are sorted, the owner is root.
///
/// Format: POSIX.1-1988 "ustar", which every tar reads.
public final class Tarball implements AutoCloseable {
    private static final int BLOCK = 512;

    private final OutputStream out;

    private Tarball(OutputStream out) {
        this.out = out;
    }

    public static void pack(Path folder, Path file) throws IOException {
        try (var tarball = new Tarball(new BufferedOutputStream(compressed(Files.newOutputStream(file)), 1 << 16))) {
            for (Path each : ArchiveFolder.below(folder)) {
                tarball.add(each, folder.getParent().relativize(each).toString());
            }
        }
    }

    private static OutputStream compressed(OutputStream out) throws IOException {
        return new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        };
    }

    private void add(Path file, String name) throws IOException {
        if (Files.isSymbolicLink(file)) {
            header(name, "777", 0, file, '2', Files.readSymbolicLink(file).toString());
        } else if (Files.isDirectory(file)) {
            header(name + "/", "755", 0, file, '5', "");
        } else {
            header(name, Files.isExecutable(file) ? "755" : "644", Files.size(file), file, '0', "");
            long written = Files.copy(file, out);
            out.write(new byte[Math.floorMod(-written, BLOCK)]);
        }
    }

    private void header(String name, String mode, long bytes, Path file, char kind, String link) throws IOException {
        long seconds =
                Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis() / 1000;
        // A long name is split at a slash: the field "prefix" has what stands before it.
        int slash = name.length() <= 100 ? -1 : name.indexOf('/', name.length() - 101);
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        put(block, 0, 100, name.substring(slash + 1));
        put(block, 100, 8, "0000" + mode);
        put(block, 108, 8, "0000000");
        put(block, 116, 8, "0000000");
        put(block, 124, 12, octal(bytes));
        put(block, 136, 12, octal(seconds));
        put(block, 148, 8, "        ");
        put(block, 156, 1, String.valueOf(kind));
        put(block, 157, 100, link);
        put(block, 257, 8, "ustar\00000");
        put(block, 265, 32, "root");
        put(block, 297, 32, "root");
        put(block, 345, 155, slash < 0 ? "" : name.substring(0, slash));
        int sum = 0;
        for (byte each : block.array()) {
            sum += each & 0xff;
        }
        put(block, 148, 7, "%06o\0".formatted(sum));
        out.write(block.array());
    }

    private static String octal(long value) {
        return "%011o".formatted(value);
    }

    private static void put(ByteBuffer block, int at, int length, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > length) {
            throw new ReleaseFailure("\"" + text + "\" is too long for a tar header: at most " + length + " bytes");
        }
        block.put(at, bytes);
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
