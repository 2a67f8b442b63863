// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.strategy.recompute.Recompute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuRateTest {
    private static final double DAY = 86_400;

    /// Narayanan et al., 2021, arXiv:2104.04473, section 5.1: 8 T P / (n X), printed as whole days.
    @ParameterizedTest
    @CsvSource({"175e9, 300e9, 1024, 140e12, 34", "1008e9, 450e9, 3072, 163e12, 84"})
    void eightTpOverNxMatchesThePaper(double parameters, double tokens, int gpus, double flopsPerSecond, double days) {
        GpuRate rate = GpuRate.executed(flopsPerSecond, Recompute.FULL);
        double seconds = rate.gpuSeconds(new TrainingFlops(parameters, tokens).total()) / gpus;
        assertEquals(days, seconds / DAY, 0.5);
        assertEquals(8 * tokens * parameters / (gpus * flopsPerSecond), seconds, seconds * 1e-12);
    }

    /// Without full recomputation the same rate does 6 P D.
    @Test
    void nothingIsComputedTwiceUnlessAllIs() {
        assertEquals(140e12, GpuRate.executed(140e12, Recompute.NONE).modelFlopsPerSecond());
        assertEquals(140e12, GpuRate.executed(140e12, Recompute.SELECTIVE).modelFlopsPerSecond());
        assertEquals(105e12, GpuRate.executed(140e12, Recompute.FULL).modelFlopsPerSecond(), 1);
    }

    /// The three ways to say how fast a GPU is are one: 40 % of 312 TFLOP/s trains 124.8e12 / 42e9 tokens a second.
    @Test
    void shareRateAndTokensAgree() {
        GpuRate share = GpuRate.utilisation(0.4, 312e12);
        assertEquals(124.8e12, share.modelFlopsPerSecond(), 1);
        double tokens = share.tokensPerSecond(42e9);
        assertEquals(124.8e12 / 42e9, tokens, 1e-9);
        assertEquals(124.8e12, GpuRate.tokens(64 * tokens, 64, 42e9).modelFlopsPerSecond(), 1);
    }
}
