// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HalvingDoublingTest extends CollectiveAlgorithmContract {
    private static final double BYTES = 1e9;

    HalvingDoublingTest() {
        super(new HalvingDoubling());
    }

    private static double seconds(String node, int nodes, CollectiveKind kind, int... gpus) {
        return Machines.collectives(Machines.cluster(node, nodes, "rail-optimised"))
                .restrictedTo(Restriction.to("halving-doubling"))
                .aloneSeconds(kind, BYTES, gpus);
    }

    /// Eight A100 behind switches: 2 (1 - 1/8) S at 234 GB/s in six steps, as the paper's 2 log2 p alpha + 2 (p-1)/p n
    /// beta.
    @Test
    void oneNode() {
        double expected = 10e-6 + 6 * 4.2e-6 + 2 * 7.0 / 8 * BYTES / 234e9;
        assertEquals(expected, seconds("dgx-a100-80gb", 1, CollectiveKind.ALL_REDUCE, Machines.range(8)), 1e-12);
    }

    /// Six ranks: four take part, two give all they have and get all back.
    @Test
    void ranksBeyondAPowerOfTwoCostTheWholeBufferTwice() {
        double expected = 10e-6 + (4 + 2) * 4.2e-6 + (2 * 3.0 / 4 + 2) * BYTES / 234e9;
        assertEquals(expected, seconds("dgx-a100-80gb", 1, CollectiveKind.ALL_REDUCE, Machines.range(6)), 1e-12);
    }

    /// Two nodes of eight: three steps inside, then a sixteenth of the buffer between nodes, over every interface.
    @Test
    void theFarthestStepMovesTheLeast() {
        double inside = 7.0 / 8 * BYTES / (0.78 * 450e9);
        double between = BYTES / 16 / (0.72 * 50e9);
        double expected = 10e-6 + 3 * 4.2e-6 + 35e-6 + inside + between;
        assertEquals(expected, seconds("hgx-h100", 2, CollectiveKind.REDUCE_SCATTER, Machines.range(16)), 1e-12);
    }

    @Test
    void nobodyGetsItUnasked() {
        Collectives all = Machines.collectives(Machines.cluster("hgx-h100", 2, "rail-optimised"));
        assertTrue(all.plansOf(CollectiveKind.ALL_REDUCE, Machines.range(16)).stream()
                .noneMatch(plan -> plan.algorithm().equals("halving-doubling")));
    }
}
