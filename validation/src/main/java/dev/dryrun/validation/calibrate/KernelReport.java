// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.kernel.KernelModel;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Residuals of a calibrated accelerator, by operation and by duration.
record KernelReport(PrintStream out) {

    /// Prints the fitted numbers.
    void parameters(String title, Accelerator accelerator) {
        GemmCalibration gemm = accelerator.gemm();
        double rate = gemm.burstFlopsPerSecond().values().stream()
                .mapToDouble(x -> x)
                .min()
                .orElseThrow();
        out.printf(
                Locale.ROOT,
                "%s: rate %.1f TFLOP/s, clock %.3f (sustained %.1f), store %.2f TB/s, last wave %.3f, tiles %.3f %.3f,"
                        + " gap %.2f us, stream %.3f%n",
                title,
                rate / 1e12,
                gemm.sustainedClock(),
                rate * gemm.sustainedClock() / 1e12,
                gemm.storeBytesPerSecond() / 1e12,
                gemm.lastWaveCost(),
                gemm.squareTileRate(),
                gemm.narrowTileRate(),
                gemm.gapSeconds() * 1e6,
                accelerator.streamEfficiency());
    }

    /// Prints errors of matrix products: each duration at the clock it runs at, then each operation at the
    /// sustained clock.
    void gemms(String title, Accelerator accelerator, List<MeasuredGemm> rows, PowerLimit limit) {
        GemmCalibration gemm = accelerator.gemm();
        var sustained = new KernelModel(accelerator, 1);
        var burst = new KernelModel(accelerator.withGemm(gemm.withRates(gemm.burstFlopsPerSecond(), 1)), 1);
        double low = limit.burstBelowSeconds();
        double high = limit.sustainedFromSeconds();
        line(title, "below " + ms(low / 4), Residuals.of(select(rows, t -> t < low / 4), burst));
        line(title, ms(low / 4) + " on", Residuals.of(select(rows, t -> t >= low / 4 && t < low), burst));
        line(title, ms(low) + " on", Residuals.of(select(rows, t -> t >= low && t < high), sustained));
        line(title, ms(high) + " on", Residuals.of(select(rows, t -> t >= high), sustained));
        var operations =
                new TreeSet<>(rows.stream().map(MeasuredGemm::operation).toList());
        for (String operation : operations) {
            Stream<MeasuredGemm> some =
                    rows.stream().filter(row -> row.operation().equals(operation));
            line(title, operation, Residuals.of(select(some.toList(), t -> t < low), burst));
        }
    }

    /// Mean absolute error with every product at the clock that its duration has.
    static double meanError(Accelerator accelerator, List<MeasuredGemm> rows, PowerLimit limit) {
        GemmCalibration gemm = accelerator.gemm();
        var sustained = new KernelModel(accelerator, 1);
        var burst = new KernelModel(accelerator.withGemm(gemm.withRates(gemm.burstFlopsPerSecond(), 1)), 1);
        return Residuals.of(
                        rows,
                        row -> (row.seconds() < limit.burstBelowSeconds() ? burst : sustained).gemmSeconds(row.gemm()),
                        MeasuredGemm::seconds)
                .meanAbsolute();
    }

    /// Prints errors of byte-bound kernels of 150 MB and more, which do not fit into caches.
    void copies(String title, Accelerator accelerator, List<MeasuredCopy> rows) {
        var model = new KernelModel(accelerator, 1);
        var operations =
                new TreeSet<>(rows.stream().map(MeasuredCopy::operation).toList());
        for (String operation : operations) {
            List<MeasuredCopy> some = rows.stream()
                    .filter(row -> row.operation().equals(operation) && row.bytes() > 150e6)
                    .toList();
            Residuals residuals = Residuals.of(some, row -> model.bytesSeconds(row.bytes()), MeasuredCopy::seconds);
            line(title, operation, residuals);
        }
    }

    private static List<MeasuredGemm> select(List<MeasuredGemm> rows, Predicate<Double> seconds) {
        return rows.stream().filter(row -> seconds.test(row.seconds())).toList();
    }

    private static String ms(double seconds) {
        return String.format(Locale.ROOT, "%.1f ms", seconds * 1e3);
    }

    private void line(String title, String what, Residuals residuals) {
        if (residuals.count() > 0) {
            out.printf("  %-22s %-16s %s%n", title, what, residuals);
        }
    }
}
