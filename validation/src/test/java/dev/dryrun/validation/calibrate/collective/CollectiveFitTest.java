// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.calibrate.collective.CollectiveFit.Fitted;
import dev.dryrun.validation.calibrate.collective.Evidence.Series;
import dev.dryrun.validation.published.collective.mapping.Benchmark;
import dev.dryrun.validation.published.collective.table.CollectiveTable;
import dev.dryrun.validation.published.collective.table.MeasuredCollective;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CollectiveFitTest {
    private static final Evidence SHIPPED =
            Evidence.of(CollectiveTable.builtIn().rows(), ConstantSet.published());

    private static ConstantSet with(Map<Constant, Double> factors) {
        double[] x = ConstantSet.publishedLogarithms();
        factors.forEach((constant, factor) -> x[constant.ordinal()] += Math.log(factor));
        return new ConstantSet(x);
    }

    /// The shipped rows of some classes with times made of known constants.
    private static Evidence madeOf(ConstantSet truth, Set<String> classes) {
        List<Series> series = SHIPPED.series().stream()
                .filter(one -> classes.containsAll(one.benchmark().tellsAbout()))
                .map(one -> made(one, truth))
                .toList();
        return new Evidence(series);
    }

    private static Series made(Series one, ConstantSet truth) {
        Benchmark.Timing timing = one.benchmark().timing(truth);
        List<MeasuredCollective> rows = one.rows().stream()
                .map(row -> new MeasuredCollective(
                        row.file(), row.line(), row.sweep(), row.bytes(), timing.seconds(row.bytes()), ""))
                .toList();
        return new Series(one.sweep(), one.benchmark(), rows);
    }

    /// Constants far from what is published, found in times without noise where rows weigh so much that what draws the
    /// constants does not show. The fit ends when a step gains less than 1e-5 of the cost, which leaves the
    /// square root of it, 0.3 %, of a constant that all rows show.
    @Test
    void findsTheConstantsThatMadeTheTimes() {
        Map<Constant, Double> factors = Map.of(
                Constant.BASE, 1.5,
                Constant.LOW_LATENCY_HOP, 0.7,
                Constant.BULK_HOP, 1.4,
                Constant.HOST, 0.6,
                Constant.NVLINK_RING, 0.9,
                Constant.IN_SWITCH_NVLINK4, 0.8,
                Constant.LL_RATE_NVLINK3, 0.6,
                Constant.EFA_MESSAGE, 2.0);
        ConstantSet truth = with(factors);
        Evidence evidence = madeOf(truth, Set.of("nvlink3", "nvlink4", "efa"));
        Fitted fitted = new CollectiveFit(evidence, 3000).fit(ConstantSet.published());
        for (Constant constant : factors.keySet()) {
            double ratio = fitted.constants().of(constant) / truth.of(constant);
            assertEquals(1, ratio, 0.005, constant.title());
        }
    }

    /// What no row shows keeps what is published, and the width of that.
    @Test
    void whatNoRowShowsKeepsWhatIsPublished() {
        Evidence evidence = madeOf(with(Map.of(Constant.BASE, 1.3)), Set.of("nvlink3"));
        Fitted fitted = new CollectiveFit(evidence).fit(ConstantSet.published());
        Constant xgmi = Constant.XGMI_RING;
        assertEquals(xgmi.published(), fitted.constants().of(xgmi), 1e-3 * xgmi.published());
        assertEquals(xgmi.spread(), fitted.deviations()[xgmi.ordinal()], 1e-3 * xgmi.spread());
        assertTrue(fitted.deviations()[Constant.BASE.ordinal()] < Constant.BASE.spread());
    }

    /// Blind to a class means: fitted to no row that has its links or its network.
    @Test
    void blindConstantsHaveNotSeenTheirClass() {
        Set<String> classes = Set.of("nvlink4", "efa");
        ConstantSet truth = with(Map.of(Constant.IN_SWITCH_NVLINK4, 0.8, Constant.EFA_MESSAGE, 2.0));
        BlindPredictions blind = BlindPredictions.of(madeOf(truth, classes), left -> {});
        assertEquals(classes, blind.withoutClass().keySet());
        double inSwitch = blind.withoutClass().get("nvlink4").of(Constant.IN_SWITCH_NVLINK4);
        assertEquals(Constant.IN_SWITCH_NVLINK4.published(), inSwitch, 1e-3 * inSwitch);
        double message = blind.withoutClass().get("efa").of(Constant.EFA_MESSAGE);
        assertEquals(Constant.EFA_MESSAGE.published(), message, 0.05 * message);
    }

    /// 31 systems have rows of 1 MiB and up, 14 of 8 KiB and up, 12 below: 57 units of weight.
    @Test
    void aSystemInARegimeWeighsOne() {
        double[] weights = SHIPPED.weights();
        assertEquals(31 + 14 + 12, Arrays.stream(weights).sum(), 1e-9);
        assertEquals(SHIPPED.size(), weights.length);
    }

    @Test
    void missingTablesAreBadInput() {
        var err = new ByteArrayOutputStream();
        var command = new CalibrateCollectives(new PrintStream(new ByteArrayOutputStream()), new PrintStream(err));
        assertEquals(2, new CommandLine(command).execute("--data", "no/such/folder"));
        assertFalse(err.toString(StandardCharsets.UTF_8).isEmpty());
    }
}
