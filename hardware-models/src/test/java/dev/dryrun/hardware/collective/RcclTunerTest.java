// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.collective.tuner.Tuners;
import dev.dryrun.hardware.topology.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cells computed by hand from the tables of a full mesh of eight (index 5).
class RcclTunerTest {
    private static final double MIB = 0x1p20;

    private static Tuner.Table table(CollectiveKind kind, int nodes) {
        return table(kind, nodes, Machines.range(8 * nodes));
    }

    private static Tuner.Table table(CollectiveKind kind, int nodes, int[] gpus) {
        Cluster cluster = Machines.cluster("mi300x-platform", nodes, nodes == 1 ? "single-node" : "rail-optimised");
        var network = cluster.fabric().network();
        var group = new Group(cluster.network(), network, Machines.library(cluster), gpus);
        return Tuners.byName("rccl-2.21").orElseThrow().table(kind, group);
    }

    /// Seven links of 48 GB/s are 336, of which LL gets 0.08; 12 + 14 x 0.8 us and 17 + 14 x 2.1 us.
    @ParameterizedTest
    @CsvSource({"LL, 23.2, 26.88", "SIMPLE, 46.4, 336"})
    void ringsOnOneNode(Protocol protocol, double micros, double sum) {
        double expected = micros * 1e-6 + MIB / (sum * 8 / 14 * 1e9);
        double seconds = table(CollectiveKind.ALL_REDUCE, 1)
                .seconds("ring", protocol, MIB)
                .orElseThrow();
        assertEquals(expected, seconds, 1e-9 * expected);
    }

    /// Four nodes: rings that leave a node are eight, of 48 GB/s, as much as eight interfaces count; 0.59 of these 384,
    /// corrected by 0.1 at 1 MiB (64 B doubled 14 times), half of it. Three nodes count one level, four two.
    @ParameterizedTest
    @CsvSource({"3, 1", "4, 2", "7, 2"})
    void treesOverNodes(int nodes, int levels) {
        double expected = (17 + 2 * (7 * 2.3 + levels * 25)) * 1e-6 + MIB / (384e9 * 0.59 * 0.1 / 2);
        double seconds = table(CollectiveKind.ALL_REDUCE, nodes)
                .seconds("tree", Protocol.SIMPLE, MIB)
                .orElseThrow();
        assertEquals(expected, seconds, 1e-9 * expected);
    }

    /// Two nodes: 28 steps inside count 1 us, the host's, not 0.8, and two between 9.5; 0.08 of 384 GB/s, corrected by
    /// 0.1 at 8 KiB (64 B doubled 7 times).
    @Test
    void ringsOverNodes() {
        double expected = (12 + 28 + 2 * 9.5) * 1e-6 + 8192 / (384e9 * 0.08 * 0.1 * 16 / 30);
        double seconds = table(CollectiveKind.ALL_REDUCE, 2)
                .seconds("ring", Protocol.LL, 8192)
                .orElseThrow();
        assertEquals(expected, seconds, 1e-9 * expected);
    }

    /// One GPU on each of two nodes: steps of an all-reduce count what a tree's do, the one of a broadcast a ring's. At
    /// 1 GiB all of an interface's 48 GB/s counts.
    @ParameterizedTest
    @CsvSource({"ALL_REDUCE, 67", "BROADCAST, 337"})
    void oneGpuOfEachNode(CollectiveKind kind, double micros) {
        double expected = micros * 1e-6 + 1024 * MIB / 48e9;
        double seconds = table(kind, 2, new int[] {0, 8})
                .seconds("ring", Protocol.SIMPLE, 1024 * MIB)
                .orElseThrow();
        assertEquals(expected, seconds, 1e-9 * expected);
    }

    @Test
    void whatTheBoardDoesNotHave() {
        Tuner.Table one = table(CollectiveKind.ALL_REDUCE, 1);
        assertTrue(one.seconds("tree", Protocol.SIMPLE, MIB).isEmpty());
        assertTrue(one.seconds("ring", Protocol.LL128, MIB).isEmpty());
        assertTrue(one.seconds("nvls", Protocol.SIMPLE, MIB).isEmpty());
        assertTrue(table(CollectiveKind.ALL_GATHER, 4)
                .seconds("tree", Protocol.LL, MIB)
                .isEmpty());
    }
}
