// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Options that every command has.
final class CommonOptions {
    @Option(names = "--json", description = "Print the result as JSON.")
    boolean json;

    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            description = "A folder of your own catalog files (DIR/nodes/my-box.yaml, ...); may be given several times,"
                    + " later ones over earlier ones. ~/.config/dryrun is always read where it exists.")
    List<Path> catalog = List.of();

    @Option(names = "--quiet", description = "No notes on standard error.")
    boolean quiet;

    @Option(names = "--no-color", description = "No colours, even on a terminal.")
    boolean noColor;

    /// The project's catalog under that of the user and the folders that were given.
    Catalog openCatalog() {
        return new Catalog(UserCatalog.folders(System.getenv(), catalog));
    }
}
