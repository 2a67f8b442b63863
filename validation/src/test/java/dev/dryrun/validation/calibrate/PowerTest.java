// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Blackwell keeps up goes with the power that its module may draw.
class PowerTest {
    /// Burst rate and clock of either part are kept to four digits: 2 * (0.5/1319 + 0.5/8322) = 0.0009 at most.
    private static final double DIGITS = 9e-4;

    @ParameterizedTest
    @CsvSource({"b200-sxm-180gb, 1000", "b300-sxm-288gb, 1000", "gb200-186gb, 1200"})
    void sustainedRatesAreAsThePower(String name, double watts) {
        double perWatt = sustained(CalibrateKernels.sheet("b200-sxm-180gb")) / 1000;
        assertEquals(1, sustained(CalibrateKernels.sheet(name)) / watts / perWatt, DIGITS);
    }

    /// Half of the burst rate is less than power allows.
    @Test
    void noneKeepsUpMoreThanItsBurstRate() {
        Accelerator relative = CalibrateKernels.sheet("b200-sxm-180gb");
        Accelerator slow = relative.withGemm(relative.gemm().withRates(Map.of(Precision.FP16, 500e12), 1));
        assertEquals(1, Relative.withPower(slow, relative).gemm().sustainedClock());
    }

    /// A minute of products: 1,850 TFLOP/s on GB300 and 769 on H100, of which training keeps up what vidur's long
    /// products do. Rates are kept to four digits.
    @Test
    void aMinuteOfProductsOverThatOfH100() {
        double h100 = sustained(CalibrateKernels.sheet("h100-sxm-80gb"));
        assertEquals(1, sustained(CalibrateKernels.sheet("gb300-279gb")) / (h100 * 1850 / 769), DIGITS);
    }

    private static double sustained(Accelerator accelerator) {
        return accelerator.gemm().rateFlopsPerSecond(Precision.BF16)
                * accelerator.gemm().sustainedClock();
    }
}
