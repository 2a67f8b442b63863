// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SwitchTreeTest extends CollectiveAlgorithmContract {
    SwitchTreeTest() {
        super(new SwitchTree());
    }

    private static Collectives h100(int nodes) {
        return Machines.collectives(Machines.cluster("hgx-h100", nodes, "rail-optimised"));
    }

    /// Four nodes of H100: the switches reduce at 0.58 x 450, the trees carry 2/0.86 S; 2 x 2 steps up and down.
    @Test
    void fourNodesOfH100() {
        double inside = 0.58 * 450e9;
        double between = 8 * 50e9 * 0.93 * 0.86 / 2;
        double expected = 10e-6 + 8 * 7e-6 + 4 * 35e-6 + 1e9 / between + 30e6 / inside;
        CollectivePlan plan = h100(4).restrictedTo(Restriction.to("nvls-tree"))
                .plansOf(CollectiveKind.ALL_REDUCE, Machines.range(32))
                .getFirst();
        assertEquals(expected, plan.seconds(1e9), 1e-12);
    }

    /// The chain is there where switches are forbidden, and only then.
    @Test
    void aChainOnlyWhereItIsForced() {
        assertTrue(h100(2).plansOf(CollectiveKind.ALL_REDUCE, Machines.range(16)).stream()
                .noneMatch(plan -> plan.algorithm().equals("tree") && plan.protocol() == Protocol.SIMPLE));
        CollectivePlan forced = h100(2).restrictedTo(Restriction.to("tree").in(Protocol.SIMPLE))
                .plansOf(CollectiveKind.ALL_REDUCE, Machines.range(16))
                .getFirst();
        assertEquals(0.8 * 0.78 * 450e9 / 2, forced.main().aloneBytesPerSecond(), 1);
    }
}
