// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import java.util.Arrays;
import java.util.function.UnaryOperator;
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

/// The parameters with the least sum of weighted absolute errors in the logarithm and of what draws each of them to a
/// value of its own.
///
///     sum_i w_i |y_i(x) - m_i| 3 / 0.2 + sum_c ((x_c - x0_c) / s_c)^2
///
/// It is the sum that the constants of the catalog minimise, where a regime of a system counts as three measurements of
/// 20 % each while it errs by as much, and as more where it errs less; absolute errors, so that one odd size among many
/// decides nothing. Found by reweighted least squares: each round weighs a row by w/|error| of the one before.
final class DrawnFit {
    private static final double SMALLEST_ERROR = 0.02;
    private static final double NOISE = 0.2;
    private static final double MEASUREMENTS = 3;
    private static final int ROUNDS = 8;
    private static final double STEP = 0.01;
    private static final int MOST_STEPS = 20;
    private static final int MOST_EVALUATIONS = 10_000;
    private static final double ENOUGH = 1e-6;

    private final double[] measured;
    private final double[] weights;
    private final double[] centre;
    private final double[] spread;
    private final UnaryOperator<double[]> model;

    /// @param measured logarithms, by row
    /// @param weights by row
    /// @param centre what each parameter is drawn to
    /// @param spread standard deviation of what draws it
    /// @param model logarithms by row for given parameters
    DrawnFit(double[] measured, double[] weights, double[] centre, double[] spread, UnaryOperator<double[]> model) {
        this.measured = measured.clone();
        this.weights = weights.clone();
        this.centre = centre.clone();
        this.spread = spread.clone();
        this.model = model;
    }

    /// @param x the parameters
    /// @param deviations their standard deviations, by the curvature at the optimum
    record Solution(double[] x, double[] deviations) {}

    /// Searches from what the parameters are drawn to.
    Solution solve() {
        double[] x = centre.clone();
        double[] rowWeights = rowWeights(x);
        for (int round = 0; round < ROUNDS; round++) {
            x = leastSquares(x, rowWeights);
            rowWeights = rowWeights(x);
        }
        return new Solution(x, deviations(x, rowWeights));
    }

    private double[] rowWeights(double[] x) {
        double[] predicted = model.apply(x);
        double[] result = new double[measured.length];
        for (int i = 0; i < result.length; i++) {
            double error = Math.max(SMALLEST_ERROR, Math.abs(predicted[i] - measured[i]));
            result[i] = weights[i] * MEASUREMENTS / (NOISE * error);
        }
        return result;
    }

    private double[] leastSquares(double[] start, double[] rowWeights) {
        double[] target = append(measured, centre);
        double[] all = append(rowWeights, precisions());
        MultivariateJacobianFunction function =
                point -> new Pair<>(new ArrayRealVector(values(point.toArray()), false), jacobian(point.toArray()));
        Optimum optimum = new LevenbergMarquardtOptimizer()
                .optimize(LeastSquaresFactory.create(
                        function,
                        new ArrayRealVector(target, false),
                        new ArrayRealVector(start, false),
                        new DiagonalMatrix(all),
                        (iteration, before, now) ->
                                iteration >= MOST_STEPS || before.getCost() - now.getCost() < ENOUGH * now.getCost(),
                        MOST_EVALUATIONS,
                        MOST_EVALUATIONS));
        return optimum.getPoint().toArray();
    }

    private double[] precisions() {
        return Arrays.stream(spread).map(one -> 1 / (one * one)).toArray();
    }

    private static double[] append(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// Predictions, then the parameters themselves.
    private double[] values(double[] x) {
        return append(model.apply(x), x);
    }

    private RealMatrix jacobian(double[] x) {
        double[][] columns = new double[x.length][];
        for (int c = 0; c < x.length; c++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[c] += STEP;
            down[c] -= STEP;
            columns[c] = values(up);
            double[] below = values(down);
            for (int i = 0; i < below.length; i++) {
                columns[c][i] = (columns[c][i] - below[i]) / (2 * STEP);
            }
        }
        return new Array2DRowRealMatrix(columns, false).transpose();
    }

    private double[] deviations(double[] x, double[] rowWeights) {
        RealMatrix slopes = jacobian(x);
        RealMatrix weighted = new DiagonalMatrix(append(rowWeights, precisions())).multiply(slopes);
        RealMatrix covariance = new CholeskyDecomposition(slopes.transpose().multiply(weighted), 1e-9, 1e-12)
                .getSolver()
                .getInverse();
        double[] deviations = new double[x.length];
        for (int c = 0; c < x.length; c++) {
            deviations[c] = Math.sqrt(covariance.getEntry(c, c));
        }
        return deviations;
    }
}
