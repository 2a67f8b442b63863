// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.evidence.Residual;
import dev.dryrun.scenario.evidence.ResidualTable;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.RunTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The errors that intervals are derived from are those of today's predictions, and the intervals keep their promise.
class PublishedIntervalsTest {
    private static final double TOLERANCE_PCT = 0.5;

    @Test
    void theTableAgreesWithPredictionsAndItsIntervalsHold() {
        var simulator = new StepSimulator(new Catalog(List.of()));
        List<MeasuredRun> runs = RunTable.builtIn().runs().stream()
                .filter(run -> !run.qualityC())
                .toList();
        Scoreboard board = simulator.scoring().score(runs, () -> {});
        var residuals = new RowResiduals(simulator::job);
        ResidualTable written = ResidualTable.builtIn();
        ResidualTable present = residuals.table(board);
        String remedy = "Predictions have moved: dryrun validate --write-evidence"
                + " scenarios/src/main/resources/dev/dryrun/scenario/evidence/runs.csv";
        assertEquals(
                present.rows().stream().map(Residual::id).toList(),
                written.rows().stream().map(Residual::id).toList(),
                remedy);
        for (int i = 0; i < written.rows().size(); i++) {
            Residual then = written.rows().get(i);
            Residual now = present.rows().get(i);
            assertEquals(now.errorPct(), then.errorPct(), TOLERANCE_PCT, then.id() + ". " + remedy);
            assertEquals(now.features(), then.features(), then.id() + ". " + remedy);
        }
        RowIntervals intervals = RowIntervals.of(board, written, residuals);
        assertBetween75And90(intervals.overall().coveredPct());
        assertBetween75And90(intervals.rowsCoveredPct());
    }

    private static void assertBetween75And90(double coveredPct) {
        assertTrue(coveredPct >= 75 && coveredPct <= 90, "intervals of 80 % hold " + coveredPct + " % of runs");
    }
}
