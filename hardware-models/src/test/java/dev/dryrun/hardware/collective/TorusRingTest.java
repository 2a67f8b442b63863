// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.GridShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorusRingTest {
    private static final double ONE_WAY = 90e9;
    private static final double BYTES = 8e9;

    private static double rate(Cluster cluster, CollectiveKind kind, int[] gpus) {
        CollectivePlan plan = Machines.collectives(cluster).quickest(kind, BYTES, gpus);
        assertEquals("torus-ring", plan.algorithm());
        return plan.main().aloneBytesPerSecond();
    }

    private static Cluster cubes(int count) {
        return Machines.cluster("tpu-v5p-cube", count, count == 1 ? "single-node" : "fat-tree");
    }

    /// An all-gather of V bytes over k axes takes V / (k W), W the rate of a link both ways together: Austin et al.,
    /// How to Scale Your Model, part 3. There a chip is taken to receive its own part too, here it is not: (n-1)/n.
    @ParameterizedTest
    @CsvSource({"4, 1", "16, 2", "64, 3"})
    void anAllGatherUsesAllAxesBothWays(int chips, int axes) {
        double expected = axes * 2 * ONE_WAY * chips / (chips - 1);
        double rate = rate(cubes(1), CollectiveKind.ALL_GATHER, Machines.range(chips));
        assertEquals(expected, rate, 1e-9 * expected);
        double reduced = rate(cubes(1), CollectiveKind.ALL_REDUCE, Machines.range(chips));
        assertEquals(expected / 2, reduced, 1e-9 * expected);
    }

    /// Axes of 4 and 16 chips: shares S/2; in the first phase the longer axis is the slower one, 15/16 of S/2 over two
    /// ways; in the second 15/16 of a fourth of it there, 3/4 of a sixteenth on the other.
    @Test
    void aPhaseEndsWithItsSlowestAxis() {
        var node = Machines.node("tpu-v5e-pod").withGrid(GridShape.of(true, 4, 16));
        Cluster cluster = new Cluster(node, 1, Machines.fabric("single-node"));
        double secondsPerByte = (15.0 / 16 / 2 / 2 + 15.0 / 16 / 2 / 4 / 2) / 45e9;
        assertEquals(
                1 / secondsPerByte,
                rate(cluster, CollectiveKind.REDUCE_SCATTER, Machines.range(64)),
                1e-3 / secondsPerByte);
    }

    /// A host of 2 x 2 chips is open: each of two axes has one link, which carries half of half both ways.
    @Test
    void anOpenHostHasHalfTheRings() {
        double expected = 2 * ONE_WAY * 4 / 3;
        Cluster host = Machines.cluster("tpu-v5p-host", 1, "single-node");
        assertEquals(expected, rate(host, CollectiveKind.ALL_GATHER, Machines.range(4)), 1e-9 * expected);
    }

    /// Steps of 1 us: two along each of three axes for the farthest chip.
    @Test
    void smallOnesTakeTheirHops() {
        double seconds = Machines.collectives(cubes(1)).aloneSeconds(CollectiveKind.ALL_GATHER, 64, Machines.range(64));
        assertEquals(1e-6 + 6e-6, seconds, 1e-9);
    }

    /// Two hosts of four chips exchange half of the sum each way through an interface of 25 GB/s each, which binds.
    @Test
    void hostsJoinOverTheirInterfaces() {
        Cluster hosts = Machines.cluster("tpu-v5p-host", 2, "fat-tree");
        double rate = rate(hosts, CollectiveKind.ALL_REDUCE, Machines.range(8));
        double expected = 25e9 * Machines.fabric("fat-tree").network().ringEfficiency() / (2 * 0.5);
        assertEquals(expected, rate, 1e-9 * expected);
    }

    /// An all-to-all around a closed ring of n chips: n S bytes in all take n S / (8 b), with links of b each way (a
    /// quarter of an all-gather; Austin et al., part 3). Half of the way around counts for both ways.
    @Test
    void anAllToAllAroundARingTakesAQuarterOfAnAllGather() {
        var node = Machines.node("tpu-v5e-pod").withGrid(GridShape.of(true, 16, 1));
        Cluster cluster = new Cluster(node, 1, Machines.fabric("single-node"));
        CollectivePlan plan =
                Machines.collectives(cluster).quickest(CollectiveKind.ALL_TO_ALL, BYTES, Machines.range(16));
        double expected = 8 * 45e9 / 16;
        assertEquals(expected, plan.main().aloneBytesPerSecond(), 1e-9 * expected);
        assertTrue(plan.seconds(BYTES) > BYTES / expected);
    }
}
