// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Figure;
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
            Accelerator sheet, Accelerator relative, Ceilings.Best best, double streamEfficiency) {
        Accelerator atPeak =
                inherit(sheet, relative, sheet.peakFlopsPerSecond(), 1).withStreamEfficiency(streamEfficiency);
        double atPeakFlopsPerSecond = best.gemm().flops() / new KernelModel(atPeak, 1).gemmSeconds(best.gemm());
        return atPeak.withGemm(atPeak.gemm().withRates(scaled(sheet, best.flopsPerSecond() / atPeakFlopsPerSecond), 1));
    }

    /// Another chip that keeps up a known rate of 16-bit products: nothing is taken off.
    static Accelerator withSustainedRate(
            Accelerator sheet, Accelerator relative, double flopsPerSecond, double streamEfficiency) {
        double share = flopsPerSecond / sheet.peak16BitFlopsPerSecond();
        return inherit(sheet, relative, scaled(sheet, share), 1).withStreamEfficiency(streamEfficiency);
    }

    /// A chip of the same kind, with the relative's share of the peak times what its best published product reaches
    /// over what the relative's does: 1 where that is not known.
    static Accelerator withShareOfPeak(
            Accelerator sheet, Accelerator relative, double bestOverBest, double streamEfficiency) {
        double share = sixteenBit(relative.gemm().burstFlopsPerSecond()) / sixteenBit(relative.peakFlopsPerSecond());
        return inherit(
                        sheet,
                        relative,
                        scaled(sheet, share * bestOverBest),
                        relative.gemm().sustainedClock())
                .withStreamEfficiency(streamEfficiency);
    }

    /// A chip of the relative's generation at its own limit of power. Operations cost both the same energy, so what
    /// they keep up goes with the power they may draw, and ends at the rate of bursts:
    ///
    ///     sustained = min(burst, sustained of the relative * power / power of the relative)
    static Accelerator withPower(Accelerator heir, Accelerator relative) {
        double sustained = sustained(relative)
                * power(heir)
                / power(relative)
                / sixteenBit(heir.gemm().burstFlopsPerSecond());
        return heir.withGemm(heir.gemm().withRates(heir.gemm().burstFlopsPerSecond(), Math.min(1, sustained)));
    }

    private static double sustained(Accelerator accelerator) {
        return sixteenBit(accelerator.gemm().burstFlopsPerSecond())
                * accelerator.gemm().sustainedClock();
    }

    private static double power(Accelerator accelerator) {
        Figure watts = accelerator.figures().get("power");
        if (watts == null) {
            throw new IllegalArgumentException("no limit of power is known of " + accelerator.name());
        }
        return watts.value();
    }

    /// The relative's curve of attention, its blocks in proportion to the units that they are dealt out to.
    static AttentionCurve attention(Accelerator sheet, Accelerator relative) {
        double units = (double) sheet.computeUnits() / relative.computeUnits();
        AttentionCurve curve = relative.attention();
        return new AttentionCurve(
                sheet.attention().halfLength(), units * curve.halfBlocksForward(), units * curve.halfBlocksBackward());
    }

    private static Map<Precision, Double> scaled(Accelerator sheet, double share) {
        var rates = new EnumMap<Precision, Double>(Precision.class);
        sheet.peakFlopsPerSecond().forEach((precision, peak) -> rates.put(precision, share * peak));
        return rates;
    }

    private static double sixteenBit(Map<Precision, Double> rates) {
        Double rate = rates.getOrDefault(Precision.FP16, rates.get(Precision.BF16));
        if (rate == null) {
            throw new IllegalArgumentException("no 16-bit rate among " + rates);
        }
        return rate;
    }

    private static Accelerator inherit(
            Accelerator sheet, Accelerator relative, Map<Precision, Double> rates, double clock) {
        GemmCalibration gemm = relative.gemm();
        double memory = sheet.memoryBytesPerSecond() / relative.memoryBytesPerSecond();
        return sheet.withGemm(sheet.gemm()
                .withRates(rates, clock)
                .withShape(gemm.lastWaveCost(), gemm.squareTileRate(), gemm.narrowTileRate(), gemm.gapSeconds())
                .withOperandEfficiency(gemm.operandEfficiency())
                .withEpilogue(memory * gemm.storeBytesPerSecond(), memory * gemm.accumulateBytesPerSecond()));
    }
}
