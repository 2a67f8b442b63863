// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What measured matrix products say of an accelerator; {@link dev.dryrun.hardware.kernel.KernelModel} has the formula.
///
/// @param burstFlopsPerSecond rate of full tiles in short runs, by precision
/// @param sustainedClock share of that rate which a chip at its power limit keeps up, as in a training step
/// @param eightBitClock the same for products of 8-bit numbers, which draw less power, where it is another
/// @param storeBytesPerSecond rate at which results leave the epilogue
/// @param accumulateBytesPerSecond the same where the old value is read and added
/// @param operandEfficiency share of the memory bandwidth at which products that wait for memory move their matrices
/// @param lastWaveCost share of the last wave's idle places that costs time, 0 to 1
/// @param squareTileRate rate of 128 x 128 tiles over that of 256 x 128
/// @param narrowTileRate rate of 128 x 64 tiles over that of 256 x 128
/// @param gapSeconds gap between two kernels on the device
/// @param oddRate share of the rate where a size is odd
/// @param evenRate share of the rate where a size is even but no multiple of 8
/// @param unalignedBatchedFlopsPerSecond rate of a batched product where a size is no multiple of 8
public record GemmCalibration(
        Map<Precision, Double> burstFlopsPerSecond,
        double sustainedClock,
        OptionalDouble eightBitClock,
        double storeBytesPerSecond,
        double accumulateBytesPerSecond,
        double operandEfficiency,
        double lastWaveCost,
        double squareTileRate,
        double narrowTileRate,
        double gapSeconds,
        double oddRate,
        double evenRate,
        double unalignedBatchedFlopsPerSecond) {
    public GemmCalibration {
        burstFlopsPerSecond = Map.copyOf(burstFlopsPerSecond);
        requireShare("sustained clock", sustainedClock);
        eightBitClock.ifPresent(clock -> requireShare("clock of 8-bit products", clock));
        requireShare("operand efficiency", operandEfficiency);
        requirePositive("operand efficiency", operandEfficiency);
        requireShare("last wave cost", lastWaveCost);
        requireShare("square tile rate", squareTileRate);
        requireShare("narrow tile rate", narrowTileRate);
        requireShare("odd rate", oddRate);
        requireShare("even rate", evenRate);
        requirePositive("store bandwidth", storeBytesPerSecond);
        requirePositive("accumulate bandwidth", accumulateBytesPerSecond);
        requirePositive("unaligned batched rate", unalignedBatchedFlopsPerSecond);
        if (!(gapSeconds >= 0)) {
            throw new IllegalArgumentException("the gap between kernels is 0 or more, not " + gapSeconds);
        }
    }

    /// Rate of full tiles in short runs.
    public double rateFlopsPerSecond(Precision precision) {
        Double rate = burstFlopsPerSecond.get(precision);
        if (rate == null) {
            throw new IllegalArgumentException("this accelerator has no %s matrix products".formatted(precision));
        }
        return rate;
    }

    /// Share of the rate of short runs that a training step keeps up.
    public double clock(Precision precision) {
        return switch (precision) {
            case FP8, FP4 -> eightBitClock.orElse(sustainedClock);
            case FP32, TF32, FP16, BF16 -> sustainedClock;
        };
    }

    /// The same at a share of the clocks that it keeps up.
    GemmCalibration withClock(double share) {
        return new GemmCalibration(
                burstFlopsPerSecond,
                share * sustainedClock,
                OptionalDouble.of(share * eightBitClock.orElse(sustainedClock)),
                storeBytesPerSecond,
                accumulateBytesPerSecond,
                operandEfficiency,
                lastWaveCost,
                squareTileRate,
                narrowTileRate,
                gapSeconds,
                oddRate,
                evenRate,
                unalignedBatchedFlopsPerSecond);
    }

    /// The same with other rates; 8-bit products keep their own clock where they have one.
    public GemmCalibration withRates(Map<Precision, Double> flopsPerSecond, double clock) {
        return new GemmCalibration(
                flopsPerSecond,
                clock,
                eightBitClock,
                storeBytesPerSecond,
                accumulateBytesPerSecond,
                operandEfficiency,
                lastWaveCost,
                squareTileRate,
                narrowTileRate,
                gapSeconds,
                oddRate,
                evenRate,
                unalignedBatchedFlopsPerSecond);
    }

    /// The same with other waves, tiles and gap.
    public GemmCalibration withShape(double lastWave, double squareTile, double narrowTile, double gap) {
        return new GemmCalibration(
                burstFlopsPerSecond,
                sustainedClock,
                eightBitClock,
                storeBytesPerSecond,
                accumulateBytesPerSecond,
                operandEfficiency,
                lastWave,
                squareTile,
                narrowTile,
                gap,
                oddRate,
                evenRate,
                unalignedBatchedFlopsPerSecond);
    }

    /// The same with operands that come at another share of the memory bandwidth.
    public GemmCalibration withOperandEfficiency(double share) {
        return new GemmCalibration(
                burstFlopsPerSecond,
                sustainedClock,
                eightBitClock,
                storeBytesPerSecond,
                accumulateBytesPerSecond,
                share,
                lastWaveCost,
                squareTileRate,
                narrowTileRate,
                gapSeconds,
                oddRate,
                evenRate,
                unalignedBatchedFlopsPerSecond);
    }

    /// The same with another epilogue.
    public GemmCalibration withEpilogue(double storeBandwidth, double accumulateBandwidth) {
        return new GemmCalibration(
                burstFlopsPerSecond,
                sustainedClock,
                eightBitClock,
                storeBandwidth,
                accumulateBandwidth,
                operandEfficiency,
                lastWaveCost,
                squareTileRate,
                narrowTileRate,
                gapSeconds,
                oddRate,
                evenRate,
                unalignedBatchedFlopsPerSecond);
    }

    /// The same where alignment does not matter: every product of 16 bits runs at the rate of full tiles.
    public GemmCalibration aligned() {
        double fullTiles = Stream.of(Precision.FP16, Precision.BF16)
                .filter(burstFlopsPerSecond::containsKey)
                .mapToDouble(precision -> rateFlopsPerSecond(precision) * sustainedClock)
                .max()
                .orElse(unalignedBatchedFlopsPerSecond);
        return new GemmCalibration(
                burstFlopsPerSecond,
                sustainedClock,
                eightBitClock,
                storeBytesPerSecond,
                accumulateBytesPerSecond,
                operandEfficiency,
                lastWaveCost,
                squareTileRate,
                narrowTileRate,
                gapSeconds,
                1,
                1,
                fullTiles);
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s is a share between 0 and 1, not %s".formatted(what, value));
        }
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("%s is positive, not %s".formatted(what, value));
        }
    }
}
