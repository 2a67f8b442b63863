// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.written;

import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// A file of a user's catalog, to be written whole or not at all.
///
/// @param target where
/// @param text what
public record CatalogFile(Path target, String text) {
    private static final int SIGNIFICANT_DIGITS = 4;

    /// Writes the file; folders on the way are made.
    ///
    /// @throws InvalidInputException where it is there already and must not be overwritten, or cannot be written
    public void write(boolean overwrite) {
        refuseExisting(target, overwrite);
        Path absolute = target.toAbsolutePath();
        try {
            Path folder = Files.createDirectories(absolute.getParent());
            // Not a temporary file of the library's, which only its owner may read.
            Path draft = folder.resolve("." + absolute.getFileName() + ".draft");
            try {
                Files.writeString(draft, text);
                Files.move(draft, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException failure) {
            throw refused(target, "not writable", "must be in a folder where files can be written", "");
        }
    }

    /// @throws InvalidInputException where the file is there and must not be overwritten
    public static void refuseExisting(Path target, boolean overwrite) {
        if (!overwrite && Files.exists(target)) {
            throw refused(target, "there already", "must not be overwritten unasked", "--force");
        }
    }

    /// Refusal of a place to write to.
    public static InvalidInputException refused(Path target, String found, String rule, String remedy) {
        Position place = Position.startOf(target.toString());
        return new InvalidInputException(List.of(new Problem(place, "", found, rule, remedy)));
    }

    /// A number to four significant digits, without an exponent.
    public static String digits(double value) {
        return new BigDecimal(value)
                .round(new MathContext(SIGNIFICANT_DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    }

    /// A text as YAML writes it.
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
