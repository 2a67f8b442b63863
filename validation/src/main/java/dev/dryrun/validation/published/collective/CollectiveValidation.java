// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.collective.mapping.CatalogConstants;
import dev.dryrun.validation.published.collective.measure.CollectiveScoreboard;
import dev.dryrun.validation.published.collective.print.CollectiveJson;
import dev.dryrun.validation.published.collective.print.CollectiveText;
import dev.dryrun.validation.published.collective.table.CollectiveTable;
import java.nio.file.Path;
import java.util.List;

/// What `validate --collectives` prints.
public final class CollectiveValidation {
    private CollectiveValidation() {}

    /// @param places files and folders; the built-in table where there are none
    /// @param worst how many rows to list in the text
    /// @param tuned whether libraries choose by their own tables
    /// @throws dev.dryrun.validation.published.table.UnreadableTable with all problems of all files
    public static String run(List<Path> places, boolean json, int worst, boolean tuned) {
        CollectiveTable table = places.isEmpty() ? CollectiveTable.builtIn() : CollectiveTable.read(places);
        var constants = new CatalogConstants(new Catalog(List.of()));
        CollectiveScoreboard board = tuned
                ? CollectiveScoreboard.tuned(table.rows(), constants)
                : CollectiveScoreboard.of(table.rows(), constants);
        return json ? CollectiveJson.write(board) : CollectiveText.write(board, worst);
    }
}
