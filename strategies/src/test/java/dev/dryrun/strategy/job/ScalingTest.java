// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {
    /// Bits of an element with its share of a scale: 8 + 32/128 (arXiv:2412.19437, section 3.3.2), 8 + 8/32 (OCP
    /// Microscaling 1.0, MXFP8), 4 + 8/32 (MXFP4), 4 + 8/16 (arXiv:2509.25149, NVFP4).
    @ParameterizedTest
    @CsvSource({
        "FP8, DELAYED, 8",
        "FP8, CURRENT, 8",
        "FP8, BLOCK, 8.25",
        "FP8, MX, 8.25",
        "FP4, MX, 4.25",
        "FP4, NVFP4, 4.5"
    })
    void bitsOfAnElement(Precision precision, Scaling scaling, double bits) {
        assertEquals(bits, 8 * (precision.bytes() + scaling.scaleBytesPerElement()));
    }

    /// What the stack counts is a cast by delayed scaling; a maximum found anew reads 16 bits once more.
    @Test
    void onlyNewMaximaReadATensorAgain() {
        assertEquals(0, Scaling.DELAYED.extraBytes(Precision.FP8, false));
        assertEquals(0, Scaling.DELAYED.extraBytes(Precision.FP8, true));
        assertEquals(2, Scaling.CURRENT.extraBytes(Precision.FP8, false));
        assertEquals(2.0 / 32, Scaling.MX.extraBytes(Precision.FP8, true));
        assertEquals(2 * 4.0 / 128 + 2, Scaling.BLOCK.extraBytes(Precision.FP8, true));
        assertEquals(2 * (0.5 - 1) + 2 + 2.0 / 16, Scaling.NVFP4.extraBytes(Precision.FP4, false));
    }

    @Test
    void eachFormatIsScaledInItsWays() {
        assertTrue(Scaling.MX.scales(Precision.FP4));
        assertFalse(Scaling.BLOCK.scales(Precision.FP4));
        assertFalse(Scaling.NVFP4.scales(Precision.FP8));
        for (Precision precision : Precision.values()) {
            assertTrue(Scaling.usual(precision).scales(precision), precision.name());
        }
    }
}
