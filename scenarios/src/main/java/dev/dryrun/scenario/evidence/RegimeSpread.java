// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import java.util.List;

/// How much larger errors are where less is known: the factor of a regime over a dense model on an accelerator with
/// kernels of its own and every setting stated.
///
///     log s(x) = b0 + b . z(x),   b >= l,   minimising   sum_i w_i (log s_i + |r_i| / s_i) + |b|^2 / 4
///
/// z counts: steps of weaker evidence for the kernels (relative 1, data sheet 2), experts, settings left open. It is
/// the likelihood of Laplace's distribution, convex in b; the last term is a prior that no regime differs. l is 0 but
/// for the kernels, where a step is at least a quarter: relatives that were measured are the closest ones, most of one
/// silicon, and no measured run rests on a data sheet alone. Newton's method one coefficient at a time.
final class RegimeSpread {
    private static final int COEFFICIENTS = 3;
    private static final int ROUNDS = 12;
    private static final double PRIOR = 0.5;
    private static final double[] LEAST = {Math.log(1.25), 0, 0};
    /// Least size of an error: what a source's rounding alone leaves.
    private static final double LEAST_ERROR = 0.005;

    private final double[] slopes = LEAST.clone();

    RegimeSpread(ResidualTable table) {
        List<Residual> rows = table.rows();
        double[][] inputs = new double[rows.size()][];
        double[] sizes = new double[rows.size()];
        for (int i = 0; i < sizes.length; i++) {
            inputs[i] = inputs(rows.get(i).features());
            sizes[i] = Math.abs(rows.get(i).logError()) + LEAST_ERROR;
        }
        for (int round = 0; round < ROUNDS; round++) {
            double sum = 0;
            for (int i = 0; i < sizes.length; i++) {
                sum += table.weight(i) * sizes[i] / factor(inputs[i]);
            }
            double base = sum / table.families();
            for (int k = 0; k < COEFFICIENTS; k++) {
                double gradient = PRIOR * slopes[k];
                double curvature = PRIOR;
                for (int i = 0; i < sizes.length; i++) {
                    double z = inputs[i][k];
                    double ratio = sizes[i] / (base * factor(inputs[i]));
                    gradient += table.weight(i) * z * (1 - ratio);
                    curvature += table.weight(i) * z * z * ratio;
                }
                slopes[k] = Math.max(LEAST[k], slopes[k] - Math.clamp(gradient / curvature, -1, 1));
            }
        }
    }

    /// The factor of a job.
    double of(JobFeatures job) {
        return factor(inputs(job));
    }

    private double factor(double[] input) {
        double exponent = 0;
        for (int k = 0; k < COEFFICIENTS; k++) {
            exponent += slopes[k] * input[k];
        }
        return Math.exp(exponent);
    }

    private static double[] inputs(JobFeatures job) {
        return new double[] {job.kernels().ordinal(), job.experts() ? 1 : 0, job.unstated() ? 1 : 0};
    }
}
