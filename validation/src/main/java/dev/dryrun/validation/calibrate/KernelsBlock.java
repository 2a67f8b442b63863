// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// The `kernels` block of an accelerator's catalog file, which a fit replaces and nobody else writes.
///
/// @param source where the fitted figures come from
/// @param status of the figures that the source gives
/// @param guessed keys that are not among them
record KernelsBlock(Accelerator accelerator, String source, String status, Set<String> guessed) {
    /// Year and month in which the fits were made; moves with the data or the model, not with the clock.
    private static final String DATE = "2026-11";

    private static final String MARKER = "# Below: written by `dryrun calibrate kernels --write`; edits are lost.\n";

    /// Replaces the block of the file `NAME.yaml` in the folder.
    void write(Path folder) throws IOException {
        Path file = folder.resolve(accelerator.name() + ".yaml");
        String text = Files.readString(file);
        int marker = text.indexOf(MARKER);
        if (marker < 0) {
            throw new IOException(file + " has no line that says where the fitted part begins");
        }
        Files.writeString(file, text.substring(0, marker + MARKER.length()) + text());
    }

    /// The block as YAML, four digits a figure.
    String text() {
        GemmCalibration gemm = accelerator.gemm();
        var text = new StringBuilder("kernels:\n");
        text.append("  source: \"%s\"\n  date: %s\n".formatted(source, DATE));
        text.append(calibration());
        line(text, "stream_efficiency", digits(accelerator.streamEfficiency()));
        text.append("  rate:\n    source: \"%s\"\n    date: %s\n".formatted(source, DATE));
        for (Precision precision : new Precision[] {Precision.FP16, Precision.BF16, Precision.FP8}) {
            if (accelerator.supports(precision)) {
                double rate = gemm.rateFlopsPerSecond(precision) / 1e12;
                text.append("  ");
                line(text, precision.name().toLowerCase(Locale.ROOT), digits(rate) + " TFLOP/s");
            }
        }
        line(text, "sustained_clock", digits(gemm.sustainedClock()));
        line(text, "store_bandwidth", digits(gemm.storeBytesPerSecond() / 1e12) + " TB/s");
        line(text, "accumulate_bandwidth", digits(gemm.accumulateBytesPerSecond() / 1e12) + " TB/s");
        line(text, "last_wave_cost", digits(gemm.lastWaveCost()));
        line(text, "square_tile_rate", digits(gemm.squareTileRate()));
        line(text, "narrow_tile_rate", digits(gemm.narrowTileRate()));
        line(text, "gap", digits(gemm.gapSeconds() * 1e6) + " us");
        if (accelerator.attention().halfBlocksForward() > 0) {
            line(text, "half_blocks_forward", digits(accelerator.attention().halfBlocksForward()));
            line(text, "half_blocks_backward", digits(accelerator.attention().halfBlocksBackward()));
        }
        return text.toString();
    }

    private String calibration() {
        return switch (accelerator.calibration()) {
            case Calibration.Fitted(String from, String heldOut, double error) ->
                "  calibration: {fitted_on: \"%s\", held_out: \"%s\", held_out_error: %s}\n"
                        .formatted(from, heldOut, digits(error));
            case Calibration.Inherited(String from, String what) ->
                "  calibration: {inherits_from: %s, inherits: \"%s\"}\n".formatted(from, what);
            case Calibration.Sheet(String from, String what) ->
                "  calibration: {sheet_with: %s, inherits: \"%s\"}\n".formatted(from, what);
        };
    }

    private void line(StringBuilder text, String key, String value) {
        text.append("  %s: {value: %s, status: %s}\n".formatted(key, value, guessed.contains(key) ? "prior" : status));
    }

    private static String digits(double value) {
        double scale = value == 0 ? 1 : Math.pow(10, 3 - Math.floor(Math.log10(Math.abs(value))));
        double rounded = Math.round(value * scale) / scale;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
