// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.collective.mapping.CatalogConstants;
import dev.dryrun.validation.published.collective.measure.CollectiveScoreboard;
import dev.dryrun.validation.published.collective.measure.RegimeScore;
import dev.dryrun.validation.published.collective.measure.ScoredCollective;
import dev.dryrun.validation.published.collective.measure.SizeRegime;
import dev.dryrun.validation.published.collective.measure.SystemScore;
import dev.dryrun.validation.published.collective.table.CollectiveTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The catalog's constants against the sweeps that the project holds. The bounds are the project's aims; a system that
/// is worse than its class is named with a bound and a floor of its own, so that both a loss and a gain are noticed.
class PublishedCollectivesTest {
    private static final CollectiveScoreboard BOARD =
            CollectiveScoreboard.of(CollectiveTable.builtIn().rows(), new CatalogConstants(new Catalog(List.of())));
    private static final double MIB = 1 << 20;

    /// Repetitions of this run differ by 30 % among themselves; single sizes of it bound nothing.
    private static final String NOISY = "2 DGX-class H100 nodes, 4 GPUs used per node";

    private static RegimeScore regime(SizeRegime wanted) {
        return BOARD.regimes().stream()
                .filter(score -> score.regime() == wanted)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"LARGE, 31, 0.09", "MIDDLE, 14, 0.20", "SMALL, 12, 0.15"})
    void regimesAreWithinTheirAims(SizeRegime wanted, int systems, double aim) {
        RegimeScore score = regime(wanted);
        assertEquals(systems, score.systems());
        assertTrue(score.mean() < aim, score::toString);
    }

    @Test
    void noSystemIsOffByMoreThanAQuarter() {
        RegimeScore score = regime(SizeRegime.LARGE);
        assertTrue(score.worstMean() < 0.25, score::toString);
    }

    /// Known gaps, each with its reason in docs/models/collectives.md: signed mean error over 1 MiB and up between
    /// these bounds. A system that leaves them on the good side deserves a new bound.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CoreWeave GB200 NVL72 20 racks | -0.22 | -0.12",
                "MI355X node (Vultr, Alibaba acceptance) | 0.10 | 0.20",
                "CSCS Alps GH200 Slingshot-11 4x200G | 0.12 | 0.22",
                "AMD MI350X 2-node tuning cluster | -0.21 | -0.10",
                "2 DGX-class H100 nodes, 4 GPUs used per node | -0.25 | -0.14",
                "Vultr HGX B200, IB NDR 8x400G | -0.15 | -0.07",
                "GCP A3 Mega TCPXO 8x200G (ztan) | -0.14 | -0.06"
            })
    void gapsThatAreStillThere(String system, double from, double to) {
        double bias = score(system).regimes().get(SizeRegime.LARGE).bias();
        assertTrue(bias > from && bias < to, () -> system + ": " + bias);
    }

    /// Systems without a known gap err by 11 % at most: the largest difference between nominally equal machines in
    /// the table, where one cloud's A100 node takes 75 us and another's 102 us for 1 MiB, is three times that.
    @Test
    void theOthersAreWithinElevenPercent() {
        Map<String, Double> apart = Map.of("CSCS Alps GH200 TCP sockets (CXI hook off)", 0.20);
        List<String> gaps = List.of(
                "CoreWeave GB200 NVL72 20 racks",
                "MI355X node (Vultr, Alibaba acceptance)",
                "CSCS Alps GH200 Slingshot-11 4x200G",
                "AMD MI350X 2-node tuning cluster",
                NOISY,
                "Vultr HGX B200, IB NDR 8x400G",
                "GCP A3 Mega TCPXO 8x200G (ztan)");
        for (SystemScore score : BOARD.systems()) {
            var errors = score.regimes().get(SizeRegime.LARGE);
            if (errors != null && !gaps.contains(score.system())) {
                double bound = apart.getOrDefault(score.system(), 0.11);
                assertTrue(errors.mean() < bound, () -> score.system() + ": " + errors);
            }
        }
    }

    /// Root mean square of ln(predicted / measured) by size over nodes of switched or meshed GPUs, alone or joined by
    /// InfiniBand or RoCE. Bounds: the standard deviations of the fit that gave the constants, over all networks.
    @ParameterizedTest
    @CsvSource({"1, 16, 0.26", "16, 256, 0.18", "256, 1e9, 0.08"})
    void scattersNoMoreThanTheFit(double fromMib, double belowMib, double bound) {
        List<ScoredCollective> rows = BOARD.rows().stream()
                .filter(row -> row.predicted() && row.row().suspicious().isEmpty())
                .filter(row -> row.row().sweep().setup().networkClass().equals("rdma"))
                .filter(row -> row.row().sweep().collective().equals("all_reduce"))
                .filter(row -> !row.row().system().equals(NOISY))
                .filter(row -> row.row().bytes() >= fromMib * MIB && row.row().bytes() < belowMib * MIB)
                .toList();
        double squares = rows.stream()
                .mapToDouble(row -> Math.pow(Math.log1p(row.error()), 2))
                .sum();
        double scatter = Math.sqrt(squares / rows.size());
        assertTrue(rows.size() >= 20 && scatter <= bound, () -> scatter + " over " + rows.size());
    }

    @Test
    void everyRowIsPredictedOrHasAReason() {
        assertEquals(1012, BOARD.rows().size());
        long skipped = BOARD.rows().stream().filter(row -> !row.predicted()).count();
        assertEquals(16, skipped);
        assertTrue(BOARD.rows().stream()
                .filter(row -> !row.predicted())
                .allMatch(row -> row.skipped().contains("MI250X")));
    }

    private static SystemScore score(String system) {
        return BOARD.systems().stream()
                .filter(score -> score.system().equals(system))
                .findFirst()
                .orElseThrow();
    }
}
