// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.Precision;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Makes the kernel numbers of those who inherit them.
///
/// @param yardstick who has both kernels of its own and a long run of products, in which it reached more than the
/// products of training do; others are taken to have reached as much more
/// @param yardsticksCeiling its name among the ceilings
record Inheritance(Ceilings ceilings, Accelerator yardstick, String yardsticksCeiling) {

    /// The block of a catalog file.
    ///
    /// @param sheet data sheet of the heir
    /// @param from block of the relative
    KernelsBlock block(Kin kin, Accelerator sheet, KernelsBlock from) {
        return switch (kin.clock()) {
            case RELATIVES -> rated(kin, sheet, from);
            case POWER -> {
                KernelsBlock rated = rated(kin, sheet, from);
                Accelerator heir = Relative.withPower(rated.accelerator(), from.accelerator());
                yield new KernelsBlock(
                        heir, rated.source() + "; clock by the limit of power", rated.status(), rated.guessed());
            }
        };
    }

    private KernelsBlock rated(Kin kin, Accelerator sheet, KernelsBlock from) {
        Accelerator relative = from.accelerator();
        return switch (kin.rate()) {
            case Kin.Rate.SameChip() -> sameChip(kin, sheet, from);
            case Kin.Rate.BestProduct(String ceiling) -> {
                double streams = streamEfficiency(kin, sheet, relative);
                Accelerator scaled = Relative.withBestProduct(sheet, relative, ceilings.best(ceiling), streams);
                yield inherited(
                        kin,
                        withOwnEightBit(scaled, ceiling),
                        new AttentionCurve(sheet.attention().halfLength(), 0, 0),
                        "best product (ml-engineering), ",
                        "rate from its best published product");
            }
            case Kin.Rate.RatioOfBest(String ceiling, String relatives) -> {
                double ratio = bestShare(ceiling, sheet) / bestShare(relatives, relative);
                double streams = streamEfficiency(kin, sheet, relative);
                yield inherited(
                        kin,
                        withOwnEightBit(Relative.withShareOfPeak(sheet, relative, ratio, streams), ceiling),
                        Relative.attention(sheet, relative),
                        "ratio of best products (ml-engineering), ",
                        "rate by the ratio of the best published products");
            }
            case Kin.Rate.LongRun(String ceiling) -> {
                double streams = streamEfficiency(kin, sheet, relative);
                yield inherited(
                        kin,
                        Relative.withSustainedRate(sheet, relative, longRun(ceiling), streams),
                        Relative.attention(sheet, relative),
                        "60 s of products (Azure) over those of " + yardsticksCeiling + ", ",
                        "rate from a minute of its products");
            }
            case Kin.Rate.ShareOfPeak(), Kin.Rate.Sheet() -> {
                double streams = streamEfficiency(kin, sheet, relative);
                yield inherited(
                        kin,
                        Relative.withShareOfPeak(sheet, relative, 1, streams),
                        Relative.attention(sheet, relative),
                        "share of the peak and ",
                        "rate as a share of the peak");
            }
        };
    }

    private static KernelsBlock sameChip(Kin kin, Accelerator sheet, KernelsBlock from) {
        Set<String> guessed = new HashSet<>(from.guessed());
        guessed.addAll(List.of("store_bandwidth", "accumulate_bandwidth"));
        String source = "kernel fit of " + kin.relative() + ", the same chip; epilogue by memory bandwidth";
        Accelerator same = Relative.withOtherMemory(sheet, from.accelerator());
        return new KernelsBlock(same, source, "fitted", Set.copyOf(guessed));
    }

    private static KernelsBlock inherited(
            Kin kin, Accelerator scaled, AttentionCurve curve, String source, String rates) {
        String streamSource = switch (kin.stream()) {
            case Kin.Stream.Relatives() -> "";
            case Kin.Stream.BabelStream(var ceiling) -> "BabelStream (AMD acceptance guide), ";
            case Kin.Stream.Copy(var ceiling) -> "copy on the device (ml-engineering), ";
        };
        boolean own = !(kin.stream() instanceof Kin.Stream.Relatives);
        String what = "waves, tiles, gap, epilogue relative to memory bandwidth; " + rates + ", stream efficiency"
                + (own ? " from its own copies" : "");
        return new KernelsBlock(
                scaled.calibrated(
                        kin.rate() instanceof Kin.Rate.Sheet
                                ? new Calibration.Sheet(kin.relative(), what)
                                : new Calibration.Inherited(kin.relative(), what),
                        curve),
                source + streamSource + "rest of " + family(kin.relative()),
                "prior",
                Set.of());
    }

    /// `H100` for `h100-sxm-80gb`.
    private static String family(String name) {
        int end = name.indexOf('-');
        return (end < 0 ? name : name.substring(0, end)).toUpperCase(Locale.ROOT);
    }

    /// Sustained rate of training's products, from a minute of others.
    private double longRun(String ceiling) {
        double training = yardstick.gemm().rateFlopsPerSecond(Precision.BF16)
                * yardstick.gemm().sustainedClock();
        return ceilings.longRunFlopsPerSecond(ceiling) * training / ceilings.longRunFlopsPerSecond(yardsticksCeiling);
    }

    /// What the best published product reaches of the peak.
    private double bestShare(String ceiling, Accelerator sheet) {
        return ceilings.best(ceiling).flopsPerSecond() / sheet.peakFlopsPerSecond(Precision.BF16);
    }

    private Accelerator withOwnEightBit(Accelerator scaled, String ceiling) {
        if (!ceilings.hasEightBit(ceiling)) {
            return scaled;
        }
        var rates = new EnumMap<>(scaled.gemm().burstFlopsPerSecond());
        double sixteenBit = scaled.gemm().rateFlopsPerSecond(Precision.BF16);
        rates.put(Precision.FP8, sixteenBit * ceilings.eightOverSixteenBit(ceiling));
        return scaled.withGemm(scaled.gemm().withRates(rates, scaled.gemm().sustainedClock()));
    }

    private double streamEfficiency(Kin kin, Accelerator sheet, Accelerator relative) {
        return switch (kin.stream()) {
            case Kin.Stream.Relatives() -> relative.streamEfficiency();
            case Kin.Stream.BabelStream(String ceiling) ->
                ceilings.streamBytesPerSecond(ceiling) / sheet.memoryBytesPerSecond();
            case Kin.Stream.Copy(String ceiling) -> ceilings.copyBytesPerSecond(ceiling) / sheet.memoryBytesPerSecond();
        };
    }
}
