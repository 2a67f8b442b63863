// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InNetworkAllReduceTest {
    private static CollectivePlan plan(String node, int nodes, int[] gpus) {
        return Machines.collectives(Machines.cluster(node, nodes, "infiniband-sharp"))
                .restrictedTo(Restriction.to("collnet"))
                .plansOf(CollectiveKind.ALL_REDUCE, gpus)
                .getFirst();
    }

    /// Eight A100 a node: 7/4 S at 234 GB/s inside, S at 0.9 of 8 x 25 GB/s outside, whatever the number of nodes; the
    /// quicker stage shows for 30 MB.
    @Test
    void aNodeSendsItsBufferOnce() {
        double inside = 234e9 / (2 * 7.0 / 8);
        double between = 0.9 * 200e9;
        for (int nodes : new int[] {2, 4, 16}) {
            double expected = 10e-6 + 2 * (4.2e-6 + 7 * 0.4e-6) + 31e-6 + 1e9 / inside + 30e6 / between;
            assertEquals(
                    expected,
                    plan("dgx-a100-80gb", nodes, Machines.range(8 * nodes)).seconds(1e9),
                    1e-12);
        }
    }

    /// One GPU of each node: nothing happens inside.
    @Test
    void oneGpuOfEachNode() {
        double expected = 10e-6 + 31e-6 + 1e9 / (0.9 * 25e9);
        assertEquals(expected, plan("dgx-a100-80gb", 4, Machines.every(8, 3, 4)).seconds(1e9), 1e-12);
    }

    @Test
    void onlyWhereTheFabricCan() {
        assertTrue(Machines.collectives(Machines.cluster("dgx-a100-80gb", 4, "rail-optimised"))
                .plansOf(CollectiveKind.ALL_REDUCE, Machines.range(32))
                .stream()
                .noneMatch(plan -> plan.algorithm().equals("collnet")));
        assertTrue(Machines.collectives(Machines.cluster("mi300x-platform", 4, "infiniband-sharp"))
                .plansOf(CollectiveKind.ALL_REDUCE, Machines.range(32))
                .stream()
                .noneMatch(plan -> plan.algorithm().equals("collnet")));
    }
}
