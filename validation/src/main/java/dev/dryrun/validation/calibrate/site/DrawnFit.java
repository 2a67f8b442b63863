// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import java.util.Arrays;
import java.util.List;
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
///     sum_i w_i |y_i(x) - m_i| + sum_c ((x_c - x0_c) / s_c)^2
///
/// It is the sum that the constants of the catalog minimise; absolute errors, so that one odd size among many decides
/// nothing. Found by reweighted least squares: each round weighs a row by w/|error| of the one before.
final class DrawnFit {
    private static final double SMALLEST_ERROR = 0.02;
    private static final int ROUNDS = 8;

    /// A third less, further than rates of a library differ from site to site.
    private static final double LOWER = 0.4;

    private static final int SCANS = 4;

    /// Values tried of a rate: in steps of 2 %, a factor of 2.2 to either side.
    private static final int SCANNED = 40;

    private static final double SCAN_STEP = 0.02;
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

    /// Searches from what the parameters are drawn to and from a lower value of each rate in turn, and on from wherever
    /// another value of one rate alone is better: a rate that does not bind has no slope, so that steps along slopes
    /// never find that it should.
    ///
    /// @param rates parameters that are rates or shares of rates
    Solution solve(List<Integer> rates) {
        double[] best = scannedOn(centre, rates);
        for (int rate : rates) {
            double[] lower = centre.clone();
            lower[rate] -= LOWER;
            double[] other = scannedOn(lower, rates);
            best = cost(other) < cost(best) ? other : best;
        }
        return new Solution(best, deviations(best, rowWeights(best)));
    }

    private double[] scannedOn(double[] start, List<Integer> rates) {
        double[] best = from(start);
        for (int round = 0; round < SCANS; round++) {
            double[] scanned = best.clone();
            for (int rate : rates) {
                scanned[rate] = scanned(scanned, rate);
            }
            if (Arrays.equals(scanned, best)) {
                break;
            }
            double[] other = from(scanned);
            best = cost(other) < cost(scanned) ? other : scanned;
        }
        return best;
    }

    /// The best value of one parameter among equidistant ones, or its own; the others stay.
    private double scanned(double[] x, int parameter) {
        double[] trial = x.clone();
        double best = x[parameter];
        double least = cost(x) * (1 - ENOUGH);
        for (int i = -SCANNED; i <= SCANNED; i++) {
            trial[parameter] = centre[parameter] + SCAN_STEP * i;
            double cost = cost(trial);
            if (cost < least) {
                least = cost;
                best = trial[parameter];
            }
        }
        return best;
    }

    private double[] from(double[] start) {
        double[] x = start.clone();
        double[] rowWeights = rowWeights(x);
        for (int round = 0; round < ROUNDS; round++) {
            x = leastSquares(x, rowWeights);
            rowWeights = rowWeights(x);
        }
        return x;
    }

    private double cost(double[] x) {
        double[] predicted = model.apply(x);
        double sum = 0;
        for (int i = 0; i < measured.length; i++) {
            sum += weights[i] * Math.abs(predicted[i] - measured[i]);
        }
        for (int c = 0; c < x.length; c++) {
            double drawn = (x[c] - centre[c]) / spread[c];
            sum += drawn * drawn;
        }
        return sum;
    }

    private double[] rowWeights(double[] x) {
        double[] predicted = model.apply(x);
        double[] result = new double[measured.length];
        for (int i = 0; i < result.length; i++) {
            double error = Math.max(SMALLEST_ERROR, Math.abs(predicted[i] - measured[i]));
            result[i] = weights[i] / error;
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
