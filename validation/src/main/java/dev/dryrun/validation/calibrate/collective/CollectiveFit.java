// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import dev.dryrun.validation.drawn.AbsoluteErrorFit;
import dev.dryrun.validation.drawn.DrawnModel;
import java.util.Arrays;
import java.util.List;

/// The constants with the least sum, over rows, of weighted absolute errors in the logarithm, and of what draws them to
/// published values ([AbsoluteErrorFit]).
///
///     sum_i w_i b |ln(predicted_i / measured_i)| + sum_c ((x_c - x0_c) / s_c)^2,   x = ln(constant)
///
/// b is set so that a system of a regime says as much as three independent measurements of 20 % each, whatever it has
/// of rows: its sizes err together.
final class CollectiveFit {
    private static final double NOISE = 0.2;
    private static final double MEASUREMENTS = 3;

    private final AbsoluteErrorFit fit;

    CollectiveFit(Evidence evidence) {
        this(evidence, MEASUREMENTS);
    }

    /// @param measurements independent ones that a system's rows of a regime are worth
    CollectiveFit(Evidence evidence, double measurements) {
        double[] weights = Arrays.stream(evidence.weights())
                .map(weight -> weight * measurements / NOISE)
                .toArray();
        fit = new AbsoluteErrorFit(new Published(new Predictions(evidence)), evidence.measured(), weights);
    }

    /// Constants and how well they are known.
    ///
    /// @param deviations standard deviations in the logarithm, by the curvature at the optimum
    /// @param information of each row (second index) about each constant (first)
    record Fitted(ConstantSet constants, double[] deviations, double[][] information) {}

    /// The best constants, searched from some.
    Fitted fit(ConstantSet start) {
        double[] x = fit.from(start.logarithms());
        AbsoluteErrorFit.Knowledge knowledge = fit.at(x);
        return new Fitted(new ConstantSet(x), knowledge.deviations(), knowledge.information());
    }

    /// Every [Constant], drawn to what vendors publish.
    private record Published(Predictions predictions) implements DrawnModel {
        @Override
        public int parameters() {
            return Constant.values().length;
        }

        @Override
        public double[][] at(List<double[]> sets) {
            return predictions.at(sets.stream().map(ConstantSet::new).toList());
        }

        @Override
        public double drawnTo(double[] set, int parameter) {
            return Constant.values()[parameter].drawnTo(set);
        }

        @Override
        public double spread(int parameter) {
            return Constant.values()[parameter].spread();
        }
    }
}
