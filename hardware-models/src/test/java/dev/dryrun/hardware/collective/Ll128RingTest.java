// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.dryrun.hardware.topology.Cluster;
import org.junit.jupiter.api.Test;

class Ll128RingTest extends CollectiveAlgorithmContract {
    Ll128RingTest() {
        super(new Ll128Ring());
    }

    /// t0 + 7 us + 2(n-1) 0.55 us + f S / (0.60 x 450 GB/s).
    @Test
    void allReduceInANode() {
        Cluster cluster = Machines.cluster("hgx-h100", 1, "single-node");
        CollectivePlan plan = Machines.collectives(cluster)
                .restrictedTo(Restriction.to("ring").in(Protocol.LL128))
                .plansOf(CollectiveKind.ALL_REDUCE, Machines.range(4))
                .getFirst();
        assertEquals(17e-6 + 6 * 0.55e-6 + 1.5 * 1e9 / 270e9, plan.seconds(1e9), 1e-12);
    }

    /// Eight members of two nodes: min(0.60 x 450, 0.92 x 8 x 50 x 0.93) = 270 GB/s; with one member 0.92 x 46.5.
    @Test
    void allGatherOverNodes() {
        Cluster cluster = Machines.cluster("hgx-h100", 2, "rail-optimised");
        Collectives only = Machines.collectives(cluster)
                .restrictedTo(Restriction.to("ring").in(Protocol.LL128));
        CollectivePlan full =
                only.plansOf(CollectiveKind.ALL_GATHER, Machines.range(16)).getFirst();
        assertEquals(270e9 / (15.0 / 16), full.main().aloneBytesPerSecond(), 1);
        CollectivePlan one =
                only.plansOf(CollectiveKind.ALL_GATHER, new int[] {5, 13}).getFirst();
        assertEquals(0.92 * 0.93 * 50e9 / 0.5, one.main().aloneBytesPerSecond(), 1);
    }

    @Test
    void isForHopperAndLater() {
        Cluster cluster = Machines.cluster("dgx-a100-80gb", 1, "single-node");
        assertFalse(Machines.collectives(cluster).plansOf(CollectiveKind.ALL_REDUCE, Machines.range(8)).stream()
                .anyMatch(plan -> plan.protocol() == Protocol.LL128));
    }
}
