// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ChainTreeTest extends CollectiveAlgorithmContract {
    ChainTreeTest() {
        super(new ChainTree());
    }

    private static CollectivePlan plan(String node, int nodes, int[] gpus) {
        return Machines.collectives(Machines.cluster(node, nodes, "rail-optimised"))
                .restrictedTo(Restriction.to("tree").in(Protocol.SIMPLE))
                .plansOf(CollectiveKind.ALL_REDUCE, gpus)
                .getFirst();
    }

    /// Two nodes of A100: inside 1 GB / (0.8 x 234/2) = 10.7 ms, between 1 GB / (8 x 25 x 0.93) = 5.4 ms; the
    /// quicker stage shows for the 30 MB of the fill. 14 steps in the chain, two through the network.
    @Test
    void twoNodesOfA100() {
        double inside = 0.8 * 0.78 * 300e9 / 2;
        double between = 8 * 25e9 * 0.93;
        double expected = 10e-6 + 14 * 4.2e-6 + 2 * 35e-6 + 1e9 / inside + 30e6 / between;
        assertEquals(expected, plan("dgx-a100-80gb", 2, Machines.range(16)).seconds(1e9), 1e-12);
    }

    /// One GPU of each node: nothing happens inside.
    @Test
    void aTreeOfOneGpuOfEachNode() {
        double between = 25e9 * 0.93 * 0.86 / 2;
        double expected = 10e-6 + 6 * 35e-6 + 1e9 / between;
        assertEquals(expected, plan("dgx-a100-80gb", 8, Machines.every(8, 2, 8)).seconds(1e9), 1e-12);
    }
}
