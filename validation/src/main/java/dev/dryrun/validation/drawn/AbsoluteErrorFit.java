// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.drawn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/// The parameters with the least sum of weighted absolute errors and of what draws each of them to a value of its own.
///
///     sum_i w_i |y_i(x) - m_i| + sum_c ((x_c - x0_c(x)) / s_c)^2
///
/// Absolute errors, so that one odd row among many (a library's wrong choice of protocol, say) decides nothing. Found
/// by reweighted least squares (Levenberg and Marquardt): each round weighs a row by w/|error| of the one before.
public final class AbsoluteErrorFit {
    private static final double SMALLEST_ERROR = 0.02;
    private static final int ROUNDS = 6;
    private static final double STEP = 0.01;
    private static final int MOST_STEPS = 15;
    private static final int MOST_EVALUATIONS = 10_000;
    private static final double ENOUGH = 1e-5;

    private final DrawnModel model;
    private final double[] measured;
    private final double[] weights;
    private final int parameters;

    /// @param measured by row
    /// @param weights by row, positive
    public AbsoluteErrorFit(DrawnModel model, double[] measured, double[] weights) {
        this.model = model;
        this.measured = measured.clone();
        this.weights = weights.clone();
        parameters = model.parameters();
    }

    /// Parameters and how well they are known.
    ///
    /// @param deviations standard deviations by the curvature at the optimum
    /// @param information of each row (second index) about each parameter (first)
    public record Knowledge(double[] deviations, double[][] information) {}

    /// The best parameters that slopes lead to from some.
    public double[] from(double[] start) {
        double[] x = start.clone();
        double[] rowWeights = rowWeights(x);
        for (int round = 0; round < ROUNDS; round++) {
            x = leastSquares(x, rowWeights);
            rowWeights = rowWeights(x);
        }
        return x;
    }

    /// The sum that the best parameters make least.
    public double cost(double[] x) {
        double[] predicted = model.at(x);
        double sum = 0;
        for (int i = 0; i < measured.length; i++) {
            sum += weights[i] * Math.abs(predicted[i] - measured[i]);
        }
        for (int c = 0; c < parameters; c++) {
            double drawn = (x[c] - model.drawnTo(x, c)) / model.spread(c);
            sum += drawn * drawn;
        }
        return sum;
    }

    /// How well the best parameters are known.
    public Knowledge at(double[] x) {
        double[] all = append(rowWeights(x), precisions());
        RealMatrix slopes = jacobian(x);
        RealMatrix weighted = new DiagonalMatrix(all).multiply(slopes);
        RealMatrix covariance = new CholeskyDecomposition(slopes.transpose().multiply(weighted), 1e-9, 1e-12)
                .getSolver()
                .getInverse();
        double[] deviations = new double[parameters];
        double[][] information = new double[parameters][measured.length];
        for (int c = 0; c < parameters; c++) {
            deviations[c] = Math.sqrt(covariance.getEntry(c, c));
            for (int i = 0; i < measured.length; i++) {
                information[c][i] = weighted.getEntry(i, c) * slopes.getEntry(i, c);
            }
        }
        return new Knowledge(deviations, information);
    }

    private double[] rowWeights(double[] x) {
        double[] predicted = model.at(x);
        double[] result = new double[measured.length];
        for (int i = 0; i < result.length; i++) {
            double error = Math.max(SMALLEST_ERROR, Math.abs(predicted[i] - measured[i]));
            result[i] = weights[i] / error;
        }
        return result;
    }

    private double[] leastSquares(double[] start, double[] rowWeights) {
        MultivariateJacobianFunction function = point -> new Pair<>(
                new ArrayRealVector(values(point.toArray(), model.at(point.toArray())), false),
                jacobian(point.toArray()));
        Optimum optimum = new LevenbergMarquardtOptimizer()
                .optimize(LeastSquaresFactory.create(
                        function,
                        new ArrayRealVector(append(measured, new double[parameters]), false),
                        new ArrayRealVector(start, false),
                        new DiagonalMatrix(append(rowWeights, precisions())),
                        (iteration, before, now) ->
                                iteration >= MOST_STEPS || before.getCost() - now.getCost() < ENOUGH * now.getCost(),
                        MOST_EVALUATIONS,
                        MOST_EVALUATIONS));
        return optimum.getPoint().toArray();
    }

    private double[] precisions() {
        double[] precisions = new double[parameters];
        for (int c = 0; c < parameters; c++) {
            precisions[c] = 1 / (model.spread(c) * model.spread(c));
        }
        return precisions;
    }

    private static double[] append(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// Predictions, then each parameter relative to what it is drawn to.
    private double[] values(double[] x, double[] predicted) {
        double[] values = Arrays.copyOf(predicted, predicted.length + parameters);
        for (int c = 0; c < parameters; c++) {
            values[predicted.length + c] = x[c] - model.drawnTo(x, c);
        }
        return values;
    }

    /// Slopes by differences over a step to either side, one column for each parameter.
    private RealMatrix jacobian(double[] x) {
        List<double[]> points = new ArrayList<>();
        for (int c = 0; c < parameters; c++) {
            points.add(moved(x, c, STEP));
            points.add(moved(x, c, -STEP));
        }
        double[][] predicted = model.at(points);
        double[][] columns = new double[parameters][];
        for (int c = 0; c < parameters; c++) {
            double[] above = values(points.get(2 * c), predicted[2 * c]);
            double[] below = values(points.get(2 * c + 1), predicted[2 * c + 1]);
            columns[c] = above;
            for (int i = 0; i < above.length; i++) {
                above[i] = (above[i] - below[i]) / (2 * STEP);
            }
        }
        return new Array2DRowRealMatrix(columns, false).transpose();
    }

    private static double[] moved(double[] x, int parameter, double step) {
        double[] moved = x.clone();
        moved[parameter] += step;
        return moved;
    }
}
