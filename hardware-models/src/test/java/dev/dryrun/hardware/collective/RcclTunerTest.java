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
        Cluster cluster = Machines.cluster("mi300x-platform", nodes, nodes == 1 ? "single-node" : "rail-optimised");
        var network = cluster.fabric().network();
        var group = new Group(cluster.network(), network, Machines.library(cluster), Machines.range(8 * nodes));
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
    /// corrected by 0.1 at 1 MiB (64 B doubled 14 times), half of it. A step inside counts 3 us, the host's, not 2.3.
    @Test
    void treesOverNodes() {
        double expected = (17 + 2 * (7 * 3 + 2 * 25)) * 1e-6 + MIB / (384e9 * 0.59 * 0.1 / 2);
        double seconds = table(CollectiveKind.ALL_REDUCE, 4)
                .seconds("tree", Protocol.SIMPLE, MIB)
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
