// SPDX-License-Identifier: Apache-2.0
package release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The one folder that the archive unpacks to, while it is filled.
public record ArchiveFolder(Path folder) {
    /// A new one; what an earlier run left there is deleted.
    public static ArchiveFolder empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path old : below(folder).reversed()) {
                Files.delete(old);
            }
        }
        return new ArchiveFolder(Files.createDirectories(folder));
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    /// Copies a file, or a folder with all that is in it.
    public void add(Path source, String name) throws IOException {
        if (!Files.exists(source)) {
            throw new ReleaseFailure(source + " is missing; the archive has it as " + name);
        }
        for (Path file : below(source)) {
            Path target = path(name).resolve(source.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Copies a text with some of its words replaced.
    public void addText(Path source, String name, Map<String, String> words) throws IOException {
        String text = Files.readString(source);
        for (var word : words.entrySet()) {
            text = text.replace(word.getKey(), word.getValue());
        }
        Files.createDirectories(path(name).getParent());
        Files.writeString(path(name), text);
    }

    public void makeExecutable(String name) {
        if (!path(name).toFile().setExecutable(true, false)) {
            throw new ReleaseFailure("cannot make " + path(name) + " executable");
        }
    }

    /// Gives every file and folder the same age.
    public void setTimes(Instant time) throws IOException {
        for (Path file : below(folder)) {
            Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(FileTime.from(time), null, null);
        }
    }

    /// A file or folder and all that is in it, in an order that depends on names alone; a folder before its content.
    static List<Path> below(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.sorted(Comparator.comparing(Path::toString)).toList();
        }
    }
}
