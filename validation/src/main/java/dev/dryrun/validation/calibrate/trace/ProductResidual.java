// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.validation.calibrate.runs.ProductFit;
import dev.dryrun.validation.trace.TracedShapes.Timed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A matrix product of traces beside its predictions.
///
/// @param measuredSeconds median of its calls, with the gap behind it
/// @param catalogSeconds by the catalog's constants
/// @param fittedSeconds by the fitted ones
record ProductResidual(Gemm gemm, int calls, double measuredSeconds, double catalogSeconds, double fittedSeconds) {
    /// @param products of which the fit was made, in its order
    static List<ProductResidual> of(ProductFit fit, List<Timed<Gemm>> products) {
        double[] before = fit.errorsPct(false);
        double[] after = fit.errorsPct(true);
        List<ProductResidual> residuals = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            double measured = fit.products().get(i).seconds();
            residuals.add(new ProductResidual(
                    products.get(i).shape(),
                    products.get(i).calls(),
                    measured,
                    measured * (1 + before[i] / 100),
                    measured * (1 + after[i] / 100)));
        }
        return List.copyOf(residuals);
    }

    double catalogErrorPct() {
        return 100 * (catalogSeconds / measuredSeconds - 1);
    }

    double fittedErrorPct() {
        return 100 * (fittedSeconds / measuredSeconds - 1);
    }

    /// Seconds by which all its calls together are predicted too long or too short.
    private double missedSeconds() {
        return calls * Math.abs(fittedSeconds - measuredSeconds);
    }

    /// So many that the fitted constants miss by most time, the worst first.
    static List<ProductResidual> worst(List<ProductResidual> residuals, int most) {
        return residuals.stream()
                .sorted(Comparator.comparingDouble((ProductResidual one) -> -one.missedSeconds()))
                .limit(most)
                .toList();
    }

    /// Mean absolute error in percent, each product counted by the time that its calls took.
    static double meanErrorPct(List<ProductResidual> residuals, boolean fitted) {
        ToDoubleFunction<ProductResidual> predicted = one -> fitted ? one.fittedSeconds() : one.catalogSeconds();
        double missed = 0;
        double all = 0;
        for (ProductResidual one : residuals) {
            missed += one.calls() * Math.abs(predicted.applyAsDouble(one) - one.measuredSeconds());
            all += one.calls() * one.measuredSeconds();
        }
        return all > 0 ? 100 * missed / all : 0;
    }
}
