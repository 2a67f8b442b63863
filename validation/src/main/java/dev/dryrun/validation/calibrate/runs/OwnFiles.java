// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.validation.written.CatalogFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// Writes entries to a folder of a user's catalog: all, or none where one is not sound or there already.
public final class OwnFiles {
    private OwnFiles() {}

    /// @throws InvalidInputException where a name is none that a file can have
    public static void requireName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new InvalidInputException(List.of(new Problem(
                    Position.onCommandLine(),
                    "--name",
                    '"' + name + '"',
                    "must be letters, digits, dots and dashes",
                    "")));
        }
    }

    /// @param force whether files that are there may be overwritten
    /// @param err is told what was written
    public static void write(List<OwnEntry> entries, Catalog catalog, Path folder, boolean force, PrintStream err) {
        for (OwnEntry entry : entries) {
            CatalogFile.refuseExisting(entry.in(folder), force);
            entry.check(catalog, folder);
        }
        for (OwnEntry entry : entries) {
            new CatalogFile(entry.in(folder), entry.text()).write(force);
            err.println("written: " + entry.in(folder));
        }
    }
}
