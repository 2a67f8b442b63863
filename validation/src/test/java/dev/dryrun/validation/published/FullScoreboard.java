// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.RunTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The scoreboard of the whole built-in table, predicted once for all tests that ask for it. Not by a static
/// initialiser: the threads that predict would wait for the class that is being initialised.
final class FullScoreboard {
    private static @Nullable Scoreboard board;

    private FullScoreboard() {}

    static synchronized Scoreboard board() {
        if (board == null) {
            board = new StepSimulator(new Catalog(List.of()))
                    .scoring()
                    .score(RunTable.builtIn().runs(), () -> {});
        }
        return board;
    }
}
