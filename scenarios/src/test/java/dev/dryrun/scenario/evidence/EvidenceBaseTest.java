// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.sim.random.RandomStreams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceBaseTest {
    private static final ResidualTable PUBLISHED = ResidualTable.builtIn();

    private static JobFeatures job(
            String name, Calibration.Evidence kernels, long gpus, boolean experts, boolean unstated) {
        return new JobFeatures(
                name,
                kernels,
                "nccl",
                gpus,
                1,
                name,
                "default",
                "m",
                1_000_000_000L,
                experts,
                2048,
                2048,
                Precision.BF16,
                1,
                1,
                1,
                false,
                unstated);
    }

    private static JobFeatures usual(Calibration.Evidence kernels, boolean experts, boolean unstated) {
        return job("a100-sxm-80gb", kernels, 64, experts, unstated);
    }

    @Test
    void theTableReadsAsItWasWritten() throws Exception {
        try (var stream = ResidualTable.class.getResourceAsStream("runs.csv")) {
            String text = new String(java.util.Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(text, ResidualCsv.write(ResidualCsv.read(text)));
        }
    }

    /// Families that err alike, none near another: a further one lies inside as often as the level says. 200 draws,
    /// four standard deviations of their number.
    @Test
    void aNewSourceLiesInsideAsOftenAsTheLevelSays() {
        int inside = 0;
        int draws = 200;
        for (int draw = 0; draw < draws; draw++) {
            var random = new RandomStreams(1, draw).stream("errors", 0);
            List<Residual> rows = new ArrayList<>();
            for (int f = 0; f < 40; f++) {
                JobFeatures features = job("chip" + f, Calibration.Evidence.OWN_KERNELS, 64, false, false);
                rows.add(new Residual("r" + f, "f" + f, "", "", features, 0.1 * random.nextGaussian()));
            }
            Residual next = rows.removeLast();
            var rule = new ConformalRule(new ResidualTable(rows).withExpectations());
            inside += Math.abs(next.logError()) <= rule.halfWidth(next.features()) ? 1 : 0;
        }
        double deviation = Math.sqrt(ConformalRule.LEVEL * (1 - ConformalRule.LEVEL) / draws);
        assertEquals(ConformalRule.LEVEL, inside / (double) draws, 4 * deviation);
    }

    @Test
    void lessKnownIsNeverNarrower() {
        var rule = new ConformalRule(PUBLISHED);
        double known = rule.halfWidth(usual(Calibration.Evidence.OWN_KERNELS, false, false));
        double relative = rule.halfWidth(usual(Calibration.Evidence.RELATIVE, false, false));
        double sheet = rule.halfWidth(usual(Calibration.Evidence.DATA_SHEET, false, false));
        assertTrue(known < relative && relative < sheet, known + " " + relative + " " + sheet);
        assertEquals(relative / known, sheet / relative, 1e-9, "each step as much again");
        assertTrue(known <= rule.halfWidth(usual(Calibration.Evidence.OWN_KERNELS, false, true)));
    }

    @Test
    void runsOfTheSameJobMakeItNarrower() {
        var rule = new ConformalRule(PUBLISHED);
        for (Residual row : PUBLISHED.rows()) {
            if (row.family().equals("dgxc-llama3.1")) {
                var without = new ConformalRule(PUBLISHED.without(row.family()).withExpectations());
                assertTrue(rule.halfWidth(row.features()) < without.halfWidth(row.features()), row.id());
            }
        }
    }

    @Test
    void gradesFollowKernelsAndDistance() {
        assertEquals(Grade.A, Grade.of(Calibration.Evidence.OWN_KERNELS, 1));
        assertEquals(Grade.B, Grade.of(Calibration.Evidence.OWN_KERNELS, 1.1));
        assertEquals(Grade.C, Grade.of(Calibration.Evidence.RELATIVE, 0));
        assertEquals(Grade.D, Grade.of(Calibration.Evidence.DATA_SHEET, 0));
        assertTrue(Grade.C.supportsRanking());
        assertFalse(Grade.D.supportsRanking());
    }

    @Test
    void aMeasuredRunIsItsOwnNearest() {
        var base = new EvidenceBase(PUBLISHED);
        for (Residual row : PUBLISHED.rows()) {
            Evidence evidence = base.of(row.features(), 1);
            assertEquals(0, evidence.nearest().getFirst().distance());
            assertEquals(List.of(), evidence.extrapolated());
            Residual other = PUBLISHED.rows().getFirst();
            assertEquals(
                    FeatureDistance.between(row.features(), other.features()),
                    FeatureDistance.between(other.features(), row.features()),
                    1e-12);
        }
    }

    @Test
    void whatLiesOutsideIsNamedAndWidens() {
        var base = new EvidenceBase(PUBLISHED);
        JobFeatures job = job("a100-sxm-80gb", Calibration.Evidence.OWN_KERNELS, 1_000_000, false, false);
        Evidence evidence = base.of(job, 1);
        assertEquals(
                List.of("1,000,000 GPUs; measured runs have up to 10,752", "stack a100-sxm-80gb: in no measured run"),
                evidence.extrapolated());
        double halfWidth = Math.log(evidence.interval().highSeconds());
        assertEquals(1.25 * 1.25 * new ConformalRule(PUBLISHED).halfWidth(job), halfWidth, 1e-12);
        assertEquals(-halfWidth, Math.log(evidence.interval().lowSeconds()), 1e-12);
    }
}
