// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.topology.Cluster;
import org.junit.jupiter.api.Test;

class InSwitchAllReduceTest extends CollectiveAlgorithmContract {
    private final Collectives h100 = Machines.collectives(Machines.cluster("hgx-h100", 1, "single-node"));

    InSwitchAllReduceTest() {
        super(new InSwitchAllReduce());
    }

    /// t0 + 7 us n + S / (0.58 x 450 GB/s).
    @Test
    void allReduceInANode() {
        CollectivePlan plan = h100.quickest(CollectiveKind.ALL_REDUCE, 1e9, Machines.range(8));
        assertEquals("nvls", plan.algorithm());
        assertEquals(66e-6 + 1e9 / (0.58 * 450e9), plan.seconds(1e9), 1e-12);
    }

    /// Observed on eight H200: LL for small sizes, NVLS for large ones; a ring for four GPUs and fewer.
    @Test
    void takesOverAtLargeSizesOfMoreThanFourGpus() {
        assertEquals(
                Protocol.LL,
                h100.quickest(CollectiveKind.ALL_REDUCE, 65536, Machines.range(8))
                        .protocol());
        assertEquals(
                "ring",
                h100.quickest(CollectiveKind.ALL_REDUCE, 1e9, Machines.range(4)).algorithm());
    }

    @Test
    void anOlderLibraryUsesARing() {
        Collectives old = h100.restrictedTo(Restriction.to("ring"));
        assertEquals(
                "ring",
                old.quickest(CollectiveKind.ALL_REDUCE, 1e9, Machines.range(8)).algorithm());
    }

    @Test
    void switchesOfA100DoNotReduce() {
        Cluster a100 = Machines.cluster("dgx-a100-80gb", 1, "single-node");
        Collectives collectives = Machines.collectives(a100);
        assertEquals(
                "ring",
                collectives
                        .quickest(CollectiveKind.ALL_REDUCE, 1e9, Machines.range(8))
                        .algorithm());
    }
}
