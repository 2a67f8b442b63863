// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.NodeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Racks of 72 GPUs that are one domain.
class LargeDomainTest {
    private static Collectives racks(int count, int gpus) {
        var rack = new NodeType(
                "rack", "rack", "h100", "nccl", gpus, DomainWiring.SWITCHED, "nvlink4", 450e9, gpus, 50e9, 63e9);
        return Machines.collectives(new Cluster(rack, count, Machines.fabric("rail-optimised")));
    }

    /// A flat ring leaves a rack over 9.3 interfaces, whatever the rack has: S f / (9.3 x 50 x 0.93).
    @ParameterizedTest
    @CsvSource({"72, 9.3", "33, 9.3", "32, 32", "8, 8"})
    void aFlatRingLeavesOverFewInterfaces(int gpus, double interfaces) {
        int ranks = 4 * gpus;
        CollectivePlan ring = racks(4, gpus)
                .restrictedTo(Restriction.to("ring").in(Protocol.SIMPLE))
                .plansOf(CollectiveKind.ALL_REDUCE, Machines.range(ranks))
                .getFirst();
        double inside = 0.78 * 450e9;
        double rate = Math.min(inside, interfaces * 50e9 * 0.93) / (2.0 * (ranks - 1) / ranks);
        assertEquals(rate, ring.main().aloneBytesPerSecond(), 1e-9 * rate);
    }

    @ParameterizedTest
    @CsvSource({"2, 72, 1", "3, 72, 0", "3, 32, 1"})
    void treesJoinTwoRacksAtMost(int count, int gpus, int trees) {
        long offered = racks(count, gpus).plansOf(CollectiveKind.ALL_REDUCE, Machines.range(count * gpus)).stream()
                .filter(plan -> plan.algorithm().equals("nvls-tree"))
                .count();
        assertEquals(trees, offered);
    }

    /// In the switches of one rack the cost of each GPU adds up: 10 + 72 x 7 us.
    @Test
    void oneRackReducesInItsSwitches() {
        double expected = 10e-6 + 72 * 7e-6 + 1e9 / (0.58 * 450e9);
        assertEquals(expected, racks(1, 72).aloneSeconds(CollectiveKind.ALL_REDUCE, 1e9, Machines.range(72)), 1e-12);
    }
}
