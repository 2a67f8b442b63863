// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.scenario.cli.ClusterOption;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkLogs;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFitTest {
    private static final double NOISE = 0.03;
    private static final String H100 = "NVIDIA H100 80GB HBM3";

    @TempDir
    private Path folder;

    static Machine machine(String cluster) {
        ClusterAlone alone = ClusterOption.read(new Catalog(List.of()), cluster, null);
        return new Machine(
                alone.cluster().node(),
                alone.cluster().fabric(),
                alone.library(),
                alone.cluster().nodes());
    }

    private static SiteValues truth(Machine machine, Map<SiteConstant, Double> factors) {
        Map<SiteConstant, Double> values = new EnumMap<>(SiteConstant.class);
        factors.forEach((constant, factor) -> values.put(constant, constant.catalog(machine) * factor));
        return new SiteValues(machine, values);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private SiteFit fit(Machine machine, List<String> logs) throws IOException {
        var files = new ArrayList<Path>();
        for (String log : logs) {
            files.add(Files.writeString(folder.resolve("log" + files.size() + ".txt"), log));
        }
        var problems = new Problems();
        BenchmarkLogs read = BenchmarkLogs.read(files, null, problems);
        assertEquals(List.of(), read.notes());
        SiteEvidence evidence = new RunMapping(machine, problems, new ArrayList<>()).evidence(read.runs());
        problems.throwIfAny();
        return SiteFit.of(evidence);
    }

    /// Times of known constants with 3 % of noise: each constant that the logs are said to identify is within twice the
    /// stated standard deviation. Fifty draws would leave a normal range of that width twice or so; the
    /// stated ones are wider, as a sweep is taken to err by more than 3 %.
    @RepeatedTest(5)
    void findsTheConstantsThatMadeTheLogs(RepetitionInfo repetition) throws IOException {
        Machine machine = machine("hgx-h100*2");
        SiteValues truth = truth(
                machine,
                Map.of(
                        SiteConstant.BASE, 0.8,
                        SiteConstant.MESSAGE_LATENCY, 1.8,
                        SiteConstant.BULK_LATENCY, 1.4,
                        SiteConstant.RING_EFFICIENCY, 0.8,
                        SiteConstant.MESSAGE_EFFICIENCY, 0.7,
                        SiteConstant.RING, 0.92,
                        SiteConstant.IN_SWITCH, 0.9));
        var maker = new LogMaker(truth, H100, random(repetition.getCurrentRepetition()), NOISE);
        var logs = new ArrayList<String>();
        for (int nodes : List.of(1, 2)) {
            for (CollectiveKind kind :
                    List.of(CollectiveKind.ALL_GATHER, CollectiveKind.ALL_REDUCE, CollectiveKind.ALL_TO_ALL)) {
                logs.add(maker.run(kind, nodes, 8, Launch.MPI, 0x1p33));
            }
        }
        SiteFit fit = fit(machine, logs);
        assertTrue(
                fit.identified().contains(SiteConstant.RING_EFFICIENCY),
                () -> fit.identified() + " " + fit.values().values());
        assertTrue(fit.identified().contains(SiteConstant.MESSAGE_LATENCY), fit.identified()::toString);
        assertTrue(fit.identified().contains(SiteConstant.MESSAGE_EFFICIENCY), fit.identified()::toString);
        assertTrue(fit.identified().contains(SiteConstant.IN_SWITCH), fit.identified()::toString);
        for (SiteConstant constant : fit.identified()) {
            double off = Math.log(fit.values().of(constant) / truth.of(constant));
            double allowed = 2 * fit.of(constant).deviation();
            assertTrue(Math.abs(off) <= allowed, () -> constant + " is off by " + off + " of " + allowed);
        }
    }

    /// One collective on one node says nothing about networks, and nothing about what other collectives use.
    @Test
    void whatNoLogShowsIsNotIdentified() throws IOException {
        Machine machine = machine("hgx-h100*1");
        var maker = new LogMaker(SiteValues.catalog(machine), H100, random(1), NOISE);
        SiteFit fit = fit(machine, List.of(maker.run(CollectiveKind.ALL_GATHER, 1, 8, Launch.MPI, 0x1p33)));
        assertTrue(fit.identified().contains(SiteConstant.RING));
        assertFalse(fit.identified().contains(SiteConstant.IN_SWITCH));
        assertFalse(fit.knowledge().containsKey(SiteConstant.RING_EFFICIENCY));
        assertFalse(fit.knowledge().containsKey(SiteConstant.HOST));
        assertEquals(SiteConstant.IN_SWITCH.catalog(machine), fit.values().of(SiteConstant.IN_SWITCH));
    }

    /// Beside logs with a process for each GPU, those of one process tell its cost, which no site file holds.
    @Test
    void theHostCostOfABenchmarkIsFoundAndKeptOutOfTheSite() throws IOException {
        Machine machine = machine("hgx-h100*1");
        SiteValues truth = truth(machine, Map.of(SiteConstant.HOST, 1.5));
        var maker = new LogMaker(truth, H100, random(2), NOISE);
        SiteFit fit = fit(
                machine,
                List.of(
                        maker.run(CollectiveKind.ALL_GATHER, 1, 8, Launch.MPI, 0x1p33),
                        maker.run(CollectiveKind.ALL_GATHER, 1, 8, Launch.ONE_PROCESS, 0x1p33)));
        double off = Math.log(fit.values().hostSeconds() / truth.hostSeconds());
        assertTrue(Math.abs(off) < 2 * fit.of(SiteConstant.HOST).deviation(), () -> "off by " + off);
        assertTrue(fit.of(SiteConstant.HOST).identified());
        assertFalse(new SiteFile("room", fit, "").text().contains("host"));
    }

    /// A size that is three times too slow is flagged, is in the fit, and moves the plateau by less than 2 %.
    @Test
    void anOutlierIsFlaggedAndDecidesNothing() throws IOException {
        Machine machine = machine("hgx-h100*1");
        var maker = new LogMaker(SiteValues.catalog(machine), H100, random(3), 0);
        String log = maker.run(CollectiveKind.ALL_GATHER, 1, 8, Launch.MPI, 0x1p33);
        String slow = log.lines()
                .map(line -> line.strip().startsWith("67108864 ") ? slowed(line) : line)
                .reduce("", (text, line) -> text + line + "\n");
        SiteFit fit = fit(machine, List.of(slow));
        List<Double> outliers = SiteResiduals.of(fit).rows().stream()
                .filter(SiteResiduals.Row::outlier)
                .map(row -> row.sample().bytes())
                .toList();
        assertEquals(List.of(67108864.0), outliers);
        assertEquals(1, fit.values().of(SiteConstant.RING) / SiteConstant.RING.catalog(machine), 0.02);
    }

    private static String slowed(String row) {
        String[] words = row.strip().split("\\s+");
        words[5] = Double.toString(3 * Double.parseDouble(words[5]));
        return String.join(" ", words);
    }
}
