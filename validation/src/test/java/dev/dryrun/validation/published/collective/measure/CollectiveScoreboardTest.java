// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.collective.mapping.CatalogConstants;
import dev.dryrun.validation.published.collective.table.MeasuredCollective;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Setup;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectiveScoreboardTest {
    private static final CatalogConstants CONSTANTS = new CatalogConstants(new Catalog(List.of()));

    @ParameterizedTest
    @CsvSource({"8, SMALL", "8191, SMALL", "8192, MIDDLE", "1048575, MIDDLE", "1048576, LARGE", "1e10, LARGE"})
    void regimesBeginAtTheirSizes(double bytes, SizeRegime regime) {
        assertEquals(regime, SizeRegime.of(bytes));
    }

    private static Sweep sweep(String system, String gpu) {
        return new Sweep(system, new Setup(gpu, 1, 8, OptionalDouble.empty(), "", Launch.MPI), "all_reduce", "");
    }

    /// A row that is off by a known share: measured = predicted / (1 + error).
    private static MeasuredCollective row(Sweep sweep, double bytes, double error, String suspicious) {
        var probe = new MeasuredCollective("probe", 1, sweep, bytes, 1, "");
        double predicted = CollectiveScoreboard.of(List.of(probe), CONSTANTS)
                .rows()
                .getFirst()
                .predictedSeconds()
                .orElse(1);
        return new MeasuredCollective("table", 1, sweep, bytes, predicted / (1 + error), suspicious);
    }

    /// System a errs by 10 and -30 %, b by 40 %: mean (20 + 40) / 2, bias (-10 + 40) / 2, worst b.
    @Test
    void systemsWeighTheSame() {
        Sweep a = sweep("a", "A100");
        RegimeScore score = CollectiveScoreboard.of(
                        List.of(
                                row(a, 1 << 24, 0.1, ""),
                                row(a, 1 << 26, -0.3, ""),
                                row(sweep("b", "H100"), 1 << 24, 0.4, "")),
                        CONSTANTS)
                .regimes()
                .getFirst();
        assertEquals(SizeRegime.LARGE, score.regime());
        assertEquals(0.30, score.mean(), 1e-12);
        assertEquals(0.15, score.bias(), 1e-12);
        assertEquals("b", score.worst());
        assertEquals(0.4, score.worstMean(), 1e-12);
    }

    /// A thousand sizes in one octave at 10 % and one in the next at 30 %: 20 %.
    @Test
    void anOctaveWeighsTheSameHoweverOftenItWasTimed() {
        Sweep a = sweep("a", "A100");
        var rows = new ArrayList<MeasuredCollective>();
        for (int i = 0; i < 1000; i++) {
            rows.add(row(a, (1 << 24) + i, 0.1, ""));
        }
        rows.add(row(a, 1 << 25, 0.3, ""));
        Errors errors = CollectiveScoreboard.of(rows, CONSTANTS)
                .systems()
                .getFirst()
                .regimes()
                .get(SizeRegime.LARGE);
        assertEquals(1001, errors.rows());
        assertEquals(0.2, errors.mean(), 1e-12);
        assertEquals(0.1, errors.median(), 1e-12);
        assertEquals(0.3, errors.p90(), 1e-12);
    }

    @Test
    void suspiciousAndUnpredictableRowsAreShownApart() {
        Sweep a = sweep("a", "A100");
        CollectiveScoreboard board = CollectiveScoreboard.of(
                List.of(row(a, 1 << 24, 0.1, ""), row(a, 1 << 24, 5, "odd"), row(sweep("c", "abacus"), 8, 0, "")),
                CONSTANTS);
        assertEquals(0.1, board.regimes().getFirst().mean(), 1e-12);
        assertEquals("odd", board.suspicious().getFirst().reason());
        assertEquals(5, board.suspicious().getFirst().errors().mean(), 1e-12);
        assertEquals(3, board.rows().size());
        assertFalse(board.rows().getLast().skipped().isEmpty());
        assertEquals(0, board.systems().getLast().predicted());
    }
}
