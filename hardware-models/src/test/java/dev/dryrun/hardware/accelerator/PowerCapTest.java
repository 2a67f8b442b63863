// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.hardware.kernel.Pass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerCapTest {
    private static final Gemm LARGE = Gemm.of(8192, 8192, 8192, Precision.BF16);

    /// (5/7)^0.4 = 0.874 of the sustained rate; a product of this size is nearly all tiles.
    @Test
    void hopperAtFiveHundredWattsIsSlower() {
        Accelerator h100 = CatalogAccelerators.read("h100-sxm-80gb");
        Accelerator capped = new PowerCap(500).on(h100);
        double clock = capped.gemm().sustainedClock() / h100.gemm().sustainedClock();
        assertEquals(Math.pow(5.0 / 7, 0.4), clock, 1e-12);
        double slower = seconds(capped) / seconds(h100);
        assertTrue(slower > 1.1 && slower <= 1 / clock, "" + slower);
    }

    @Test
    void blackwellGoesWithThePower() {
        Accelerator b200 = CatalogAccelerators.read("b200-sxm-180gb");
        Accelerator capped = new PowerCap(750).on(b200);
        assertEquals(0.75, capped.gemm().sustainedClock() / b200.gemm().sustainedClock(), 1e-12);
        assertEquals(0.75, capped.gemm().clock(Precision.FP8) / b200.gemm().clock(Precision.FP8), 1e-12);
    }

    @Test
    void attentionSlowsDownToo() {
        Accelerator h100 = CatalogAccelerators.read("h100-sxm-80gb");
        var shape = FlashAttention.causal(8, 8192, 32, 128);
        double free = new KernelModel(h100, 1).flashSeconds(shape, Pass.FORWARD, 400e12);
        double slow = new KernelModel(new PowerCap(500).on(h100), 1).flashSeconds(shape, Pass.FORWARD, 400e12);
        double gap = h100.gemm().gapSeconds();
        assertEquals(Math.pow(7.0 / 5, 0.4), (slow - gap) / (free - gap), 1e-9);
    }

    @Test
    void whatWaitsForMemoryKeepsItsSpeed() {
        Accelerator h100 = CatalogAccelerators.read("h100-sxm-80gb");
        assertEquals(
                new KernelModel(h100, 1).bytesSeconds(1e9),
                new KernelModel(new PowerCap(400).on(h100), 1).bytesSeconds(1e9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a100-sxm-80gb", "h100-sxm-80gb", "b200-sxm-180gb"})
    void lessPowerNeverHelps(String name) {
        Accelerator accelerator = CatalogAccelerators.read(name);
        double sheet = accelerator.figures().get("power").value();
        double before = seconds(accelerator);
        for (double share = 1; share > 0.25; share -= 0.05) {
            double now = seconds(new PowerCap(share * sheet).on(accelerator));
            assertTrue(now >= before, name + " at " + share);
            before = now;
        }
    }

    @Test
    void capsBeyondTheSheetAreRefused() {
        Accelerator h100 = CatalogAccelerators.read("h100-sxm-80gb");
        assertEquals("be between 175 and 700 W on h100-sxm-80gb", new PowerCap(900).fault(h100));
        assertThrows(IllegalArgumentException.class, () -> new PowerCap(100).on(h100));
    }

    private static double seconds(Accelerator accelerator) {
        return new KernelModel(accelerator, 1).gemmSeconds(LARGE);
    }
}
