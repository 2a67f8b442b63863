// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.kernel.KernelModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Relative errors of predicted times, (predicted - measured) / measured.
record Residuals(int count, double meanAbsolute, double medianAbsolute, double p90Absolute, double medianSigned) {

    /// Errors of a list of measurements; all zero where the list is empty.
    static <T> Residuals of(List<T> rows, ToDoubleFunction<T> predicted, ToDoubleFunction<T> measured) {
        double[] signed = rows.stream()
                .mapToDouble(row -> predicted.applyAsDouble(row) / measured.applyAsDouble(row) - 1)
                .sorted()
                .toArray();
        if (signed.length == 0) {
            return new Residuals(0, 0, 0, 0, 0);
        }
        double[] absolute = Arrays.stream(signed).map(Math::abs).sorted().toArray();
        return new Residuals(
                signed.length,
                Arrays.stream(absolute).average().orElse(0),
                quantile(absolute, 0.5),
                quantile(absolute, 0.9),
                quantile(signed, 0.5));
    }

    /// Errors of measured products under a kernel model.
    static Residuals of(List<MeasuredGemm> rows, KernelModel model) {
        return of(rows, row -> model.gemmSeconds(row.gemm()), MeasuredGemm::seconds);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%5d rows  mean %5.1f %%  median %5.1f %%  p90 %5.1f %%  bias %+5.1f %%",
                count,
                100 * meanAbsolute,
                100 * medianAbsolute,
                100 * p90Absolute,
                100 * medianSigned);
    }
}
