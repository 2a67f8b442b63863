// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.validation.published.kernel.measure.KernelScoreboard;
import dev.dryrun.validation.published.kernel.print.KernelJson;
import dev.dryrun.validation.published.kernel.print.KernelText;
import dev.dryrun.validation.published.kernel.table.KernelTable;
import java.nio.file.Path;
import java.util.List;

/// What `validate --kernels` prints.
public final class KernelValidation {
    private KernelValidation() {}

    /// @param places files and folders; the built-in table where there are none
    /// @param worst how many rows to list in the text
    /// @throws dev.dryrun.validation.published.table.UnreadableTable with all problems of all files
    public static String run(List<Path> places, boolean json, int worst) {
        KernelTable table = places.isEmpty() ? KernelTable.builtIn() : KernelTable.read(places);
        KernelScoreboard board = KernelScoreboard.of(table.rows(), KernelValidation::accelerator);
        return json ? KernelJson.write(board) : KernelText.write(board, worst);
    }

    private static Accelerator accelerator(String name) {
        var problems = new Problems();
        Document document = new Catalog(List.of()).find("accelerators", name, problems);
        if (document == null) {
            throw new IllegalStateException("the catalog has no " + name);
        }
        Accelerator accelerator = Accelerator.read(document.root());
        problems.throwIfAny();
        return accelerator;
    }
}
