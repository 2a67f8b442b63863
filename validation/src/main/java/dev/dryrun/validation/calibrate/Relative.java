// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import java.util.EnumMap;
import java.util.Map;

/// An accelerator that takes its kernel numbers from a relative: shares and shapes as they are, rates by its own
/// ceilings.
///
/// The bandwidth of the epilogue keeps its ratio to the memory bandwidth.
final class Relative {
    private Relative() {}

    /// The same chip with another memory.
    static Accelerator withOtherMemory(Accelerator sheet, Accelerator relative) {
        return inherit(
                        sheet,
                        relative,
                        relative.gemm().burstFlopsPerSecond(),
                        relative.gemm().sustainedClock())
                .withStreamEfficiency(relative.streamEfficiency())
                .calibrated(relative.calibration(), relative.attention());
    }

    /// Another chip, with the rate at which the model reproduces its best published product.
    ///
    /// The clock is taken as sustained already: where no long runs are known, nothing is taken off the best one.
    static Accelerator withBestProduct(
            Accelerator sheet, Accelerator relative, Gemm best, double bestFlopsPerSecond, double streamEfficiency) {
        Accelerator atPeak =
                inherit(sheet, relative, sheet.peakFlopsPerSecond(), 1).withStreamEfficiency(streamEfficiency);
        double atPeakFlopsPerSecond = best.flops() / new KernelModel(atPeak, 1).gemmSeconds(best);
        double share = bestFlopsPerSecond / atPeakFlopsPerSecond;
        var rates = new EnumMap<Precision, Double>(Precision.class);
        sheet.peakFlopsPerSecond().forEach((precision, peak) -> rates.put(precision, share * peak));
        String what = "waves, tiles, gap, epilogue relative to memory bandwidth; rate from its best published product,"
                + " stream efficiency from its own copies";
        return atPeak.withGemm(atPeak.gemm().withRates(rates, 1))
                .calibrated(new Calibration.Inherited(relative.name(), what), new AttentionCurve(300, 0, 0));
    }

    private static Accelerator inherit(
            Accelerator sheet, Accelerator relative, Map<Precision, Double> rates, double clock) {
        GemmCalibration gemm = relative.gemm();
        double memory = sheet.memoryBytesPerSecond() / relative.memoryBytesPerSecond();
        return sheet.withGemm(sheet.gemm()
                .withRates(rates, clock)
                .withShape(gemm.lastWaveCost(), gemm.squareTileRate(), gemm.narrowTileRate(), gemm.gapSeconds())
                .withEpilogue(memory * gemm.storeBytesPerSecond(), memory * gemm.accumulateBytesPerSecond()));
    }
}
