// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import java.util.Map;
import java.util.OptionalDouble;

/// Invented chips with round numbers, so that expected times are arithmetic.
final class Chips {
    static final double RATE = 100e12;
    static final double BANDWIDTH = 1e12;
    static final double GAP = 2e-6;
    static final int UNITS = 10;

    private Chips() {}

    /// Ten compute units, 100 TFLOP/s, 1 TB/s; hard waves, no cheap small tiles, an epilogue of 4 TB/s.
    static Accelerator round() {
        return with(1, 4e12, 0);
    }

    static Accelerator with(double lastWaveCost, double epilogue, double speedSpread) {
        var gemm = new GemmCalibration(
                Map.of(Precision.FP16, RATE, Precision.FP32, RATE / 10),
                1,
                OptionalDouble.empty(),
                epilogue,
                epilogue,
                1,
                lastWaveCost,
                0.5,
                0.25,
                GAP,
                0.4,
                0.6,
                1e12);
        return new Accelerator(
                "round",
                "Round 100",
                "nobody",
                UNITS,
                1L << 36,
                1L << 35,
                BANDWIDTH,
                1,
                Map.of(Precision.FP16, RATE, Precision.FP32, RATE / 10),
                gemm,
                new AttentionCurve(300, 0, 100),
                speedSpread,
                new Calibration.Fitted("nothing", "nothing", 0),
                Map.of());
    }
}
