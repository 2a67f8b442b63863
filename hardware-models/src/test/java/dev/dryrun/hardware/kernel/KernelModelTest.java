// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dryrun.hardware.accelerator.Precision;
import org.junit.jupiter.api.Test;

class KernelModelTest {
    private final KernelModel model = new KernelModel(Chips.round(), 1);

    @Test
    void bytesOverBandwidthAndTheGap() {
        assertEquals(3e9 / Chips.BANDWIDTH + Chips.GAP, model.bytesSeconds(3e9), 1e-15);
        assertEquals(Chips.GAP, model.bytesSeconds(0), 1e-18);
        assertThrows(IllegalArgumentException.class, () -> model.bytesSeconds(-1));
    }

    @Test
    void attentionCountsTheLowerTriangleAndFiveProductsBackward() {
        // Dao et al. 2022: two products forward, five backward; s = 1024, 8 heads of 64.
        var shape = FlashAttention.causal(2, 1024, 8, 64);
        double forward = 2 * 2.0 * 2 * 1024 * 1024 * 8 * 64 / 2;
        assertEquals(forward, shape.flops(Pass.FORWARD), 0);
        assertEquals(2.5 * forward, shape.flops(Pass.BACKWARD), 0);
        var full = new FlashAttention(2, 1024, 1024.0 * 1024, 8, 64, 64);
        assertEquals(2 * forward, full.flops(Pass.FORWARD), 0);
    }

    @Test
    void attentionSaturatesInLengthAndBlocks() {
        // q = 300 is half of the rate; 100 blocks are half of the backward rate: 300 queries are 3 blocks, 33 sequences
        // of one head 99 of them.
        var shape = FlashAttention.causal(33, 300, 1, 64);
        double rate = 50e12;
        assertEquals(
                shape.flops(Pass.FORWARD) / (rate / 2) + Chips.GAP,
                model.flashSeconds(shape, Pass.FORWARD, rate),
                1e-15);
        assertEquals(
                shape.flops(Pass.BACKWARD) / (rate / 2 * 99 / 199) + Chips.GAP,
                model.flashSeconds(shape, Pass.BACKWARD, rate),
                1e-15);
        assertThrows(IllegalArgumentException.class, () -> model.flashSeconds(shape, Pass.FORWARD, 0));
    }

    @Test
    void theSlowestSetsThePaceOfProductsButNotOfCopies() {
        var group = new KernelModel(Chips.with(1, 1e30, 0.01).withMemoryBandwidth(1e30), 256);
        var alone = new KernelModel(Chips.with(1, 1e30, 0.01).withMemoryBandwidth(1e30), 1);
        Gemm gemm = Gemm.of(2560, 128, 8192, Precision.FP16);
        double speed = SlowestOf.speed(0.01, 256);
        assertEquals((alone.gemmSeconds(gemm) - Chips.GAP) / speed, group.gemmSeconds(gemm) - Chips.GAP, 1e-15);
        assertEquals(alone.bytesSeconds(1e9), group.bytesSeconds(1e9), 0);
    }
}
