// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import java.util.List;

/// Time of a matrix product from tiles, waves, epilogue traffic and memory traffic.
///
///     t = t0 + (c^3 + d^3)^(1/3)
///     c = min over tiles [ waves S tm tn 2K / (P r) ] + outputBytes / W,   d = memoryBytes / (e B)
///     n = ceil(M/tm) ceil(N/tn) batch,   x = n/S,   waves = x + q (ceil(x) - x)
///
/// S: compute units; P: delivered rate of full tiles; r: rate of a smaller tile over that of a large one; q: share of
/// the idle places of the last wave that costs time (1: hard wave quantisation, 0: none); W: rate at which epilogues
/// move results; B: memory bandwidth, e: share of it that operands come at; t0: gap between kernels on the device.
/// Computing hides memory traffic, but less the nearer the two are: each bounds the time from below, and where they are
/// equal a product takes a quarter longer than either. Smaller tiles run at r1 (128 x 128), r2 (128 x 64) and the next
/// step down, r2^2/r1 (64 x 64).
///
/// A product whose rows are not 16-byte aligned runs at a share of the rate of full tiles; a batched one of that kind,
/// as in materialised attention with an odd head dimension, leaves the tensor cores (`unalignedBatchedFlopsPerSecond`).
///
/// Products of fp32 run on the vector units, a tenth as fast and less: their small tiles get operands in time, r = 1,
/// and rows may begin anywhere.
///
/// Source: tiles and waves as in NVIDIA, Matrix Multiplication Background User's Guide (DU-09799-001), sections 3 and
/// 4; the epilogue term, the softened last wave and the softened roof are ours, fitted on the measured kernels named in
/// the catalog.
final class GemmModel {
    private record Tile(int rows, int columns, Size size) {}

    private enum Size {
        LARGE,
        SQUARE,
        NARROW,
        SMALL
    }

    private static final List<Tile> TILES = List.of(
            new Tile(256, 128, Size.LARGE),
            new Tile(128, 256, Size.LARGE),
            new Tile(128, 128, Size.SQUARE),
            new Tile(128, 64, Size.NARROW),
            new Tile(64, 128, Size.NARROW),
            new Tile(64, 64, Size.SMALL));

    private final Accelerator accelerator;
    private final GemmCalibration calibration;
    private final double speed;

    /// @param speed share of the calibrated rate that this accelerator's clock gives
    GemmModel(Accelerator accelerator, double speed) {
        this.accelerator = accelerator;
        this.calibration = accelerator.gemm();
        this.speed = speed;
    }

    /// Seconds on the device, the gap to the next kernel included.
    double seconds(Gemm gemm) {
        if (gemm.batch() > 1 && gemm.alignment() < 8 && gemm.precision() != Precision.FP32) {
            return calibration.gapSeconds() + gemm.flops() / (calibration.unalignedBatchedFlopsPerSecond() * speed);
        }
        double compute = tiledSeconds(gemm) / alignmentRate(gemm) + gemm.outputBytes() / epilogueBytesPerSecond(gemm);
        double memory = gemm.memoryBytes() / (calibration.operandEfficiency() * accelerator.memoryBytesPerSecond());
        return calibration.gapSeconds() + bothOverlapped(compute, memory);
    }

    /// The third root of the sum of cubes: no less than either, and nearly the larger one where they differ much.
    private static double bothOverlapped(double compute, double memory) {
        return Math.cbrt(compute * compute * compute + memory * memory * memory);
    }

    private double tiledSeconds(Gemm gemm) {
        double rate = rate(gemm.precision());
        double best = Double.POSITIVE_INFINITY;
        for (Tile tile : TILES) {
            double tileFlops = 2.0 * tile.rows() * tile.columns() * gemm.k();
            double slots = waves(gemm, tile) * accelerator.computeUnits();
            best = Math.min(best, slots * tileFlops / (rate * tileRate(tile.size(), gemm.precision())));
        }
        return best;
    }

    private double waves(Gemm gemm, Tile tile) {
        double tiles =
                (double) Math.ceilDiv(gemm.m(), tile.rows()) * Math.ceilDiv(gemm.n(), tile.columns()) * gemm.batch();
        double filled = tiles / accelerator.computeUnits();
        return filled + calibration.lastWaveCost() * (Math.ceil(filled) - filled);
    }

    private double rate(Precision precision) {
        return calibration.rateFlopsPerSecond(precision) * calibration.clock(precision) * speed;
    }

    private double tileRate(Size size, Precision precision) {
        if (precision == Precision.FP32) {
            return 1;
        }
        return switch (size) {
            case LARGE -> 1;
            case SQUARE -> calibration.squareTileRate();
            case NARROW -> calibration.narrowTileRate();
            case SMALL -> calibration.narrowTileRate() * calibration.narrowTileRate() / calibration.squareTileRate();
        };
    }

    private double alignmentRate(Gemm gemm) {
        if (gemm.precision() == Precision.FP32) {
            return 1;
        }
        return switch (gemm.alignment()) {
            case 1 -> calibration.oddRate();
            case 2, 4 -> calibration.evenRate();
            default -> 1;
        };
    }

    private double epilogueBytesPerSecond(Gemm gemm) {
        return gemm.output().accumulates() ? calibration.accumulateBytesPerSecond() : calibration.storeBytesPerSecond();
    }
}
