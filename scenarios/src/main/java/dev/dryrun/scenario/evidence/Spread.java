// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import java.util.List;

/// Expected size of the error of a prediction: that of its regime, drawn to the errors of runs like it.
///
///     s(x) = m(x) (sum_i w_i k_i a_i + t a) / (sum_i w_i k_i + t),   a_i = |r_i| / m(x_i),   k_i = exp(-d(x, x_i) / h)
///
/// m is the factor of the regime, a the mean of the a_i, w_i weighs families equally, d is [FeatureDistance]. A whole
/// family at no distance weighs 1, the mean of all others t. Nearness is the share of the former in the sum of weights.
public final class Spread {
    private static final double BANDWIDTH = 0.5;
    private static final double WEIGHT_OF_ALL = 0.2;

    private final ResidualTable table;
    private final RegimeSpread regimes;
    private final double[] relativeErrors;
    private final double mean;

    /// What is expected of a job.
    ///
    /// @param size of the logarithm of measured over predicted time
    /// @param nearness how much of it rests on runs like the job, from 0 to 1
    public record Expected(double size, double nearness) {}

    public Spread(ResidualTable table) {
        this.table = table;
        regimes = new RegimeSpread(table);
        List<Residual> rows = table.rows();
        relativeErrors = new double[rows.size()];
        double sum = 0;
        for (int i = 0; i < relativeErrors.length; i++) {
            relativeErrors[i] =
                    Math.abs(rows.get(i).logError()) / regimes.of(rows.get(i).features());
            sum += table.weight(i) * relativeErrors[i];
        }
        mean = sum / table.families();
    }

    /// What is expected of a job.
    public Expected of(JobFeatures job) {
        return of(job, -1);
    }

    /// What is expected of a row by all others.
    Expected withoutRow(int row) {
        return of(table.rows().get(row).features(), row);
    }

    private Expected of(JobFeatures job, int without) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < relativeErrors.length; i++) {
            if (i == without) {
                continue;
            }
            double distance = FeatureDistance.between(job, table.rows().get(i).features());
            double weight = table.weight(i) * Math.exp(-distance / BANDWIDTH);
            sum += weight * relativeErrors[i];
            weights += weight;
        }
        double size = regimes.of(job) * (sum + WEIGHT_OF_ALL * mean) / (weights + WEIGHT_OF_ALL);
        return new Expected(size, weights / (weights + WEIGHT_OF_ALL));
    }
}
