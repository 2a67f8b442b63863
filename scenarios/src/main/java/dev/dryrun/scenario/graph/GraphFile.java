// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Brings a file before the format that it is in.
public final class GraphFile {
    private static final long LARGEST_BYTES = 16L << 20;

    private GraphFile() {}

    /// What came of a file; null where it cannot be used, which is told.
    ///
    /// @param name of the file in messages
    /// @param format by name; null where the file tells by itself
    /// @param accelerator name of the GPUs in the catalog; null where the file may say so
    public static @Nullable GraphImport read(
            String name,
            Path file,
            @Nullable String format,
            @Nullable String accelerator,
            OptionalDouble nicBytesPerSecond,
            Catalog catalog,
            Problems problems) {
        GraphFormat chosen = format == null ? null : GraphFormats.byName(format);
        if (format != null && chosen == null) {
            String nearest = Nearest.quoted(format, GraphFormats.names());
            problems.add(
                    Position.onCommandLine(),
                    "format",
                    "\"" + format + "\"",
                    "no files of such a format are read",
                    nearest.isEmpty() ? "one of " + String.join(", ", GraphFormats.names()) : nearest);
            return null;
        }
        String text = text(name, file, problems);
        if (text == null) {
            return null;
        }
        if (chosen == null) {
            chosen = GraphFormats.of(text);
        }
        if (chosen == null) {
            problems.add(
                    Position.startOf(name),
                    "",
                    "in no format that is known",
                    "must be one of " + String.join(", ", GraphFormats.names()),
                    "--format");
            return null;
        }
        var source = new GraphSource(name, text, accelerator, nicBytesPerSecond, catalog, problems);
        return GraphImport.of(chosen, source, stem(file));
    }

    /// Name of a file without what follows its first full stop.
    private static String stem(Path file) {
        Path last = file.getFileName();
        String whole = last == null ? "" : last.toString();
        int dot = whole.indexOf('.');
        return dot > 0 ? whole.substring(0, dot) : "imported";
    }

    private static @Nullable String text(String name, Path file, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                return refuse(name, "a folder", "must be a file", problems);
            }
            if (Files.size(file) > LARGEST_BYTES) {
                return refuse(name, Files.size(file) + " bytes large", "must be under 16 MiB", problems);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString()
                    .replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            return refuse(name, "not text", "must be text in UTF-8", problems);
        } catch (IOException e) {
            boolean absent = !Files.exists(file);
            return refuse(name, absent ? "absent" : "unreadable", "must exist and be readable", problems);
        }
    }

    private static @Nullable String refuse(String name, String found, String expected, Problems problems) {
        problems.add(Position.startOf(name), "", found, expected, "");
        return null;
    }
}
