// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.scenario.network.BenchUncertainty.Basis;
import dev.dryrun.scenario.network.BenchUncertainty.Interval;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchUncertaintyTest {
    private static final Catalog CATALOG = new Catalog(List.of());

    private static Interval interval(String cluster, CollectiveKind kind, double bytes, @Nullable Entry site) {
        ClusterAlone alone = new ScenarioReader(CATALOG).readCluster("cluster.yaml", "cluster: " + cluster);
        Network network = alone.cluster().network();
        int[] gpus = kind == CollectiveKind.SEND_RECV
                ? new int[] {0, alone.cluster().gpus() - 1}
                : IntStream.range(0, alone.cluster().gpus()).toArray();
        PriorFigures priors = PriorFigures.of(CATALOG, alone, site);
        return new BenchUncertainty(network, alone.library(), NetworkTuning.NONE, priors, all -> all)
                .of(new BenchCall(kind, gpus), bytes);
    }

    private static double width(Interval interval) {
        return Math.log(interval.highSeconds() / interval.lowSeconds()) / 2;
    }

    /// Links and network that were fitted: what predictions err by at that size, and no more.
    @ParameterizedTest
    @CsvSource({"1024, 0.14", "65536, 0.22", "1048576, 0.26", "16777216, 0.18", "1073741824, 0.08"})
    void measuredClassesErrAsPredictionsDo(double bytes, double sigma) {
        Interval interval = interval("{node: hgx-h100, nodes: 2}", CollectiveKind.ALL_REDUCE, bytes, null);
        assertEquals(Basis.MEASURED_CLASS, interval.basis());
        assertEquals(sigma, width(interval), 1e-9);
    }

    /// A large message takes as long as its bytes at the rate of the links: with the share of the rate, 0.3 in the
    /// logarithm, unknown the time is so too, apart from the 10 us before it (0.5 % of 4 GiB).
    @Test
    void aGuessedShareOfTheLinksMakesLargeMessagesWide() {
        Interval interval = interval("{node: box-8x-l40s, nodes: 1}", CollectiveKind.SEND_RECV, 0x1p32, null);
        assertEquals(Basis.PRIOR, interval.basis());
        assertEquals(Math.hypot(0.08, 0.3), width(interval), 0.005);
    }

    /// No lone message was measured on this class; its rings were.
    @Test
    void theFiguresInUseCountAndNotTheOthers() {
        String cluster = "{node: aws-p5, nodes: 2, fabric: efa}";
        assertEquals(
                Basis.MEASURED_CLASS,
                interval(cluster, CollectiveKind.ALL_GATHER, 0x1p33, null).basis());
        assertEquals(
                Basis.PRIOR,
                interval(cluster, CollectiveKind.SEND_RECV, 0x1p33, null).basis());
    }

    @Test
    void aSiteThatWasFittedTakesTheGuessAway() {
        var problems = new Problems();
        Entry site = Document.read("site.yaml", "message_efficiency: {value: 0.5, status: fitted}", problems)
                .root();
        problems.throwIfAny();
        String cluster = "{node: aws-p5, nodes: 2, fabric: efa}";
        Interval interval = interval(cluster, CollectiveKind.SEND_RECV, 0x1p33, site);
        assertEquals(Basis.MEASURED_CLASS, interval.basis());
        assertTrue(width(interval) < 0.081);
    }

    /// `network_efficiency` stands for both shares, so its status is theirs.
    @ParameterizedTest
    @CsvSource({"fitted, MEASURED_CLASS", "prior, PRIOR"})
    void theStatusOfBothSharesIsThatOfEach(String status, Basis basis) {
        var problems = new Problems();
        Entry site = Document.read("site.yaml", "network_efficiency: {value: 0.5, status: " + status + "}", problems)
                .root();
        problems.throwIfAny();
        String cluster = "{node: aws-p5, nodes: 2, fabric: efa}";
        assertEquals(
                basis, interval(cluster, CollectiveKind.SEND_RECV, 0x1p33, site).basis());
    }

    /// Where processors copy the bytes, what a rank gets through is the rate of a large message: 0.5 in the logarithm.
    @Test
    void aGuessedRateOfRanksMakesLargeMessagesWide() {
        var problems = new Problems();
        Entry site = Document.read("site.yaml", "rank_rate: {value: 1.12 GB/s, status: unverified}", problems)
                .root();
        problems.throwIfAny();
        String cluster = "{node: hgx-h100, nodes: 2, fabric: tcp}";
        Interval interval = interval(cluster, CollectiveKind.ALL_GATHER, 0x1p33, site);
        assertEquals(Basis.PRIOR, interval.basis());
        assertEquals(Math.hypot(0.08, 0.5), width(interval), 0.005);
    }

    @Test
    void theIntervalIsAroundTheTimeThatTheBenchmarkPrints() {
        ClusterAlone alone =
                new ScenarioReader(CATALOG).readCluster("cluster.yaml", "cluster: {node: dgx-1v, nodes: 1}");
        int[] gpus = IntStream.range(0, 8).toArray();
        var collectives = new Collectives(alone.cluster().network(), alone.library(), NetworkTuning.NONE);
        double seconds = collectives.aloneSeconds(CollectiveKind.ALL_REDUCE, 1e6, gpus);
        Interval interval = interval("{node: dgx-1v, nodes: 1}", CollectiveKind.ALL_REDUCE, 1e6, null);
        assertEquals(seconds, Math.sqrt(interval.lowSeconds() * interval.highSeconds()), 1e-12);
    }
}
