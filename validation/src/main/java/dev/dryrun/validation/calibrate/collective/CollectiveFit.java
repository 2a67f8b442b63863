// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import java.util.Arrays;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresFactory;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.fitting.leastsquares.MultivariateJacobianFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DiagonalMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.util.Pair;

/// The constants with the least sum, over rows, of weighted absolute errors in the logarithm, and of what draws them to
/// published values.
///
///     sum_i w_i |ln(predicted_i / measured_i)| b + sum_c ((x_c - x0_c) / s_c)^2,   x = ln(constant)
///
/// Absolute errors, as a library's wrong choice of protocol is an outlier and not noise. They are minimised by
/// reweighted least squares (Levenberg and Marquardt), each round with weights w/|error| of the one before. b is set so
/// that a system of a regime says as much as three independent measurements of 20 % each, whatever it has of rows: its
/// sizes err together.
final class CollectiveFit {
    private static final double SMALLEST_ERROR = 0.02;
    private static final double NOISE = 0.2;
    private static final double MEASUREMENTS = 3;
    private static final int ROUNDS = 6;
    private static final double STEP = 0.01;
    private static final int MOST_STEPS = 15;
    private static final int MOST_EVALUATIONS = 10_000;
    private static final double ENOUGH = 1e-5;

    private final double measurements;
    private final Predictions predictions;
    private final double[] measured;
    private final double[] weights;
    private final int constants = Constant.values().length;

    CollectiveFit(Evidence evidence) {
        this(evidence, MEASUREMENTS);
    }

    /// @param measurements independent ones that a system's rows of a regime are worth
    CollectiveFit(Evidence evidence, double measurements) {
        this.measurements = measurements;
        predictions = new Predictions(evidence);
        measured = evidence.measured();
        weights = evidence.weights();
    }

    /// Constants and how well they are known.
    ///
    /// @param deviations standard deviations in the logarithm, by the curvature at the optimum
    /// @param information of each row (second index) about each constant (first)
    record Fitted(ConstantSet constants, double[] deviations, double[][] information) {}

    /// The best constants, searched from some.
    Fitted fit(ConstantSet start) {
        double[] x = start.logarithms();
        double[] rowWeights = rowWeights(new ConstantSet(x));
        for (int round = 0; round < ROUNDS; round++) {
            x = leastSquares(x, rowWeights);
            rowWeights = rowWeights(new ConstantSet(x));
        }
        return judged(x, rowWeights);
    }

    private double[] rowWeights(ConstantSet at) {
        double[] predicted = predictions.at(at);
        double[] result = new double[measured.length];
        for (int i = 0; i < result.length; i++) {
            double error = Math.max(SMALLEST_ERROR, Math.abs(predicted[i] - measured[i]));
            result[i] = weights[i] * measurements / (NOISE * error);
        }
        return result;
    }

    private double[] leastSquares(double[] start, double[] rowWeights) {
        double[] target = new double[measured.length + constants];
        double[] all = new double[target.length];
        System.arraycopy(measured, 0, target, 0, measured.length);
        System.arraycopy(rowWeights, 0, all, 0, rowWeights.length);
        for (Constant constant : Constant.values()) {
            int at = measured.length + constant.ordinal();
            all[at] = precision(constant);
        }
        MultivariateJacobianFunction model =
                point -> new Pair<>(new ArrayRealVector(values(point.toArray()), false), jacobian(point.toArray()));
        Optimum optimum = new LevenbergMarquardtOptimizer()
                .optimize(LeastSquaresFactory.create(
                        model,
                        new ArrayRealVector(target, false),
                        new ArrayRealVector(start, false),
                        new DiagonalMatrix(all),
                        (iteration, before, now) ->
                                iteration >= MOST_STEPS || before.getCost() - now.getCost() < ENOUGH * now.getCost(),
                        MOST_EVALUATIONS,
                        MOST_EVALUATIONS));
        return optimum.getPoint().toArray();
    }

    /// Predictions, then each constant relative to what it is drawn to.
    private double[] values(double[] x) {
        return values(x, predictions.at(new ConstantSet(x)));
    }

    private double[] values(double[] x, double[] predicted) {
        double[] values = Arrays.copyOf(predicted, predicted.length + constants);
        for (Constant constant : Constant.values()) {
            values[predicted.length + constant.ordinal()] = x[constant.ordinal()] - constant.drawnTo(x);
        }
        return values;
    }

    /// Slopes by differences over a step to either side, one column for each constant.
    private RealMatrix jacobian(double[] x) {
        double[][] points = new double[2 * constants][];
        for (int c = 0; c < constants; c++) {
            points[2 * c] = x.clone();
            points[2 * c][c] += STEP;
            points[2 * c + 1] = x.clone();
            points[2 * c + 1][c] -= STEP;
        }
        double[][] predicted =
                predictions.at(Arrays.stream(points).map(ConstantSet::new).toList());
        double[][] columns = new double[constants][];
        for (int c = 0; c < constants; c++) {
            double[] above = values(points[2 * c], predicted[2 * c]);
            double[] below = values(points[2 * c + 1], predicted[2 * c + 1]);
            columns[c] = above;
            for (int i = 0; i < above.length; i++) {
                above[i] = (above[i] - below[i]) / (2 * STEP);
            }
        }
        return new Array2DRowRealMatrix(columns, false).transpose();
    }

    private Fitted judged(double[] x, double[] rowWeights) {
        RealMatrix slopes = jacobian(x);
        double[][] information = new double[constants][measured.length];
        var curvature = new Array2DRowRealMatrix(constants, constants);
        for (int i = 0; i < slopes.getRowDimension(); i++) {
            boolean row = i < measured.length;
            double weight = row ? rowWeights[i] : precision(Constant.values()[i - measured.length]);
            for (int a = 0; a < constants; a++) {
                double slope = slopes.getEntry(i, a);
                if (row) {
                    information[a][i] = weight * slope * slope;
                }
                for (int b = 0; b < constants && slope != 0; b++) {
                    curvature.addToEntry(a, b, weight * slope * slopes.getEntry(i, b));
                }
            }
        }
        RealMatrix covariance = new CholeskyDecomposition(curvature).getSolver().getInverse();
        double[] deviations = new double[constants];
        for (int c = 0; c < constants; c++) {
            deviations[c] = Math.sqrt(covariance.getEntry(c, c));
        }
        return new Fitted(new ConstantSet(x), deviations, information);
    }

    private static double precision(Constant constant) {
        return 1 / (constant.spread() * constant.spread());
    }
}
