// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.collective.tuner.Tuners;
import dev.dryrun.hardware.topology.Cluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Cells computed by hand from the constants of tuning.cc, and choices that were seen.
class NcclTunerTest {
    private static final Tuner NCCL = Tuners.byName("nccl-2.30").orElseThrow();
    private static final double GIB = 0x1p30;

    private static Cluster cluster(String node, int nodes) {
        return Machines.cluster(node, nodes, nodes == 1 ? "single-node" : "rail-optimised");
    }

    private static Tuner.Table table(CollectiveKind kind, String node, int nodes, int[] gpus) {
        Cluster cluster = cluster(node, nodes);
        var network = cluster.fabric().network();
        return NCCL.table(kind, new Group(cluster.network(), network, Machines.library(cluster), gpus));
    }

    /// Eight H200: 18 links of 20.6 GB/s hold six channels of 60, split into twelve of 30, 360 in all; a sum over 14
    /// steps of eight parts is 8/14 of that.
    ///
    /// - LL: 6.6 + 14 x 0.6 us, min(141, 180) 8/14
    /// - LL128: 14 + 14 x 1.9 us, min(0.92 x 360, 12 x 36.7) 8/14
    /// - Simple: 8.4 + 14 x 3.4 us, 360 x 8/14
    /// - NVLS: 25 us; eight heads at 50 of 370.8 x 8/7 / 8 = 53 GB/s, x 0.85 x 7/8 x 2, x 8/14
    ///
    /// Four nodes of A100: an interface of 200 Gb/s counts 24 GB/s, so eight channels of 24.
    ///
    /// - tree: 8.4 + 2 (7 x 4 + 2 x 14) us; min(0.92 x 192, 8 x 17.8) / 2
    /// - ring: (8.4 + 56 x 3.4 + 6 x 14) x 1.4 us; 192 x 32/62
    ///
    /// Three nodes of A100: a tree over them counts one level, log2 rounded down, and no work of the host.
    ///
    /// - tree in LL: 6.8 + 2 (7 x 0.6 + 5) us; min(142.4 / 3.8, 20.4) / 2
    /// - tree in LL128: 14 + 2 (7 x 1.25 + 8.5) us; min(142.4 x 120/128, 8 x 20) / 2
    ///
    /// Two nodes of H100: 25 + 2 x 20.9 us; eight heads at the cap of 57.7, less than 74.4 inside and 2 x 48 between.
    ///
    /// Eight B200: 18 links of 40.1 GB/s hold eight channels of 90, split into sixteen of 45, 720 in all.
    ///
    /// - LL: min(282, 360) 8/14; LL128: min(0.92 x 720, 16 x 40) 8/14
    /// - NVLS: eight heads at 90 of 721.8 x 8/7 / 8 = 103 GB/s, x 0.74 x 7/8 x 2
    private static Stream<Arguments> cells() {
        return Stream.of(
                Arguments.of("hgx-h200", 1, "ring", Protocol.LL, 15.0, 141 * 8 / 14.0),
                Arguments.of("hgx-h200", 1, "ring", Protocol.LL128, 40.6, 331.2 * 8 / 14),
                Arguments.of("hgx-h200", 1, "ring", Protocol.SIMPLE, 56.0, 360 * 8 / 14.0),
                Arguments.of("hgx-h200", 1, "nvls", Protocol.SIMPLE, 25.0, 340.0),
                Arguments.of("dgx-a100-80gb", 4, "tree", Protocol.SIMPLE, 120.4, 71.2),
                Arguments.of("dgx-a100-80gb", 4, "ring", Protocol.SIMPLE, 1.4 * 282.8, 192 * 32 / 62.0),
                Arguments.of("dgx-a100-80gb", 3, "tree", Protocol.LL, 25.2, 10.2),
                Arguments.of("dgx-a100-80gb", 3, "tree", Protocol.LL128, 48.5, 66.75),
                Arguments.of("hgx-h100", 2, "nvls-tree", Protocol.SIMPLE, 66.8, 461.6 * 16 / 30),
                Arguments.of("dgx-b200", 1, "ring", Protocol.LL, 15.0, 282 * 8 / 14.0),
                Arguments.of("dgx-b200", 1, "ring", Protocol.LL128, 40.6, 640 * 8 / 14.0),
                Arguments.of("dgx-b200", 1, "ring", Protocol.SIMPLE, 56.0, 720 * 8 / 14.0),
                Arguments.of("dgx-b200", 1, "nvls", Protocol.SIMPLE, 25.0, 932.4 * 8 / 14));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void cellsOfTheTable(String node, int nodes, String algorithm, Protocol protocol, double micros, double rate) {
        Tuner.Table table = table(CollectiveKind.ALL_REDUCE, node, nodes, Machines.range(8 * nodes));
        double seconds = table.seconds(algorithm, protocol, GIB).orElseThrow();
        assertEquals(micros * 1e-6 + GIB / (rate * 1e9), seconds, 1e-9 * seconds);
    }

    /// One GPU on each of four nodes: an interface counts 48 GB/s, of which LL over more than two nodes gets 20.4. A
    /// step of a ring counts what a tree's does, 5 us, but the one of a broadcast is a ring's, 2.7 us.
    @ParameterizedTest
    @CsvSource({"ALL_REDUCE, LL, 36.6, 13.6", "BROADCAST, LL, 9.3, 20.4", "REDUCE, SIMPLE, 22.4, 48"})
    void oneGpuOfEachNode(CollectiveKind kind, Protocol protocol, double micros, double rate) {
        double seconds = table(kind, "hgx-h100", 4, Machines.every(8, 0, 4))
                .seconds("ring", protocol, GIB)
                .orElseThrow();
        assertEquals(micros * 1e-6 + GIB / (rate * 1e9), seconds, 1e-9 * seconds);
    }

    /// Corrections of a tree: 0.4 from 512 KiB on (64 B doubled 13 times) in LL, 0.9 of the last entry at 512 MiB in
    /// Simple, none at 1 GiB.
    @ParameterizedTest
    @CsvSource({"LL, 524288, 25.2, 4.08", "SIMPLE, 536870912, 92.4, 64.08", "SIMPLE, 1073741824, 92.4, 71.2"})
    void treesAreCorrectedBySize(Protocol protocol, double bytes, double micros, double rate) {
        double seconds = table(CollectiveKind.ALL_REDUCE, "dgx-a100-80gb", 3, Machines.range(24))
                .seconds("tree", protocol, bytes)
                .orElseThrow();
        assertEquals(micros * 1e-6 + bytes / (rate * 1e9), seconds, 1e-9 * seconds);
    }

    /// Observed on eight H200 with NCCL 2.27: LL to 1 MiB, NVLS from 2 MiB on; a ring for four GPUs.
    @ParameterizedTest
    @CsvSource({
        "8, 8192, ring ll",
        "8, 1048576, ring ll",
        "8, 2097152, nvls simple",
        "8, 1073741824, nvls simple",
        "4, 1073741824, ring simple"
    })
    void choicesSeenOnH200(int ranks, double bytes, String choice) {
        Collectives collectives = Machines.collectives(cluster("hgx-h200", 1)).tunedBy(NCCL);
        assertEquals(
                choice,
                collectives
                        .chosen(CollectiveKind.ALL_REDUCE, bytes, Machines.range(ranks))
                        .choice());
    }

    /// What is chosen takes the time of its own plan, so never less than the quickest.
    @Test
    void onlyTheChoiceIsTheTables() {
        Collectives quickest = Machines.collectives(cluster("hgx-h200", 2));
        Collectives tuned = quickest.tunedBy(NCCL);
        for (double bytes = 8; bytes < 1e10; bytes *= 2) {
            CollectivePlan plan = tuned.chosen(CollectiveKind.ALL_REDUCE, bytes, Machines.range(16));
            double seconds = tuned.aloneSeconds(CollectiveKind.ALL_REDUCE, bytes, Machines.range(16));
            assertEquals(plan.seconds(bytes), seconds);
            assertTrue(seconds >= quickest.aloneSeconds(CollectiveKind.ALL_REDUCE, bytes, Machines.range(16)));
        }
    }

    @Test
    void messagesAreAsWithout() {
        Collectives quickest = Machines.collectives(cluster("hgx-h200", 2));
        int[] pair = {0, 9};
        assertEquals(
                quickest.aloneSeconds(CollectiveKind.SEND_RECV, 1e6, pair),
                quickest.tunedBy(NCCL).aloneSeconds(CollectiveKind.SEND_RECV, 1e6, pair));
    }

    @Test
    void aTunerBelongsToItsLibrary() {
        Collectives amd = Machines.collectives(cluster("mi300x-platform", 1));
        assertThrows(IllegalArgumentException.class, () -> amd.tunedBy(NCCL));
    }
}
