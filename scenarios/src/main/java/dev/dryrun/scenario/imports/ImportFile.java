// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Brings a file before its importer.
public final class ImportFile {
    private static final long LARGEST_BYTES = 1L << 20;

    private ImportFile() {}

    /// What an importer makes of a file; null where the file cannot be read at all, with a problem that says why.
    ///
    /// @param name of the file in messages
    public static @Nullable Imported read(
            Importer importer,
            String name,
            Path file,
            Map<String, String> environment,
            OptionalLong gpus,
            Problems problems) {
        String text = text(name, file, problems);
        return text == null ? null : importer.read(new ImportSource(name, text, environment, gpus, problems));
    }

    private static @Nullable String text(String name, Path file, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                return refuse(name, "a folder", "must be a file", problems);
            }
            if (Files.size(file) > LARGEST_BYTES) {
                return refuse(name, Files.size(file) + " bytes large", "must be under 1 MiB", problems);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.indexOf('\0') >= 0 ? refuse(name, "not text", "must be text in UTF-8", problems) : text;
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
