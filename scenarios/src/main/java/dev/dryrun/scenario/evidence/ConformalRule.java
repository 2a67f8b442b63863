// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Half the width of a prediction interval, by split conformal prediction.
///
///     |log(measured / predicted)| <= ((1 - n) q_far + n q_near) s(x)
///
/// s and the nearness n are those of [Spread]. q_far is the quantile of |r_i| / s_i at the level, s_i expected without
/// the family of row i; a further family, that of the job itself, of which nothing is known, stands at infinity. q_near
/// is the same with s_i expected without the row alone: runs of one source err together, so that a job like them is
/// known better than one of a new source. Source: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman, JASA 113, 2018,
/// doi:10.1080/01621459.2017.1307116, section 5.2.
public final class ConformalRule {
    /// Share of measured times that lie inside.
    public static final double LEVEL = 0.8;

    private final Spread spread;
    private final double farQuantile;
    private final double nearQuantile;

    public ConformalRule(ResidualTable table) {
        spread = new Spread(table);
        double families = table.families();
        farQuantile = quantile(table, Residual::sizeWithoutFamily, LEVEL * (families + 1) / families);
        nearQuantile = quantile(table, Residual::sizeWithoutRow, LEVEL);
    }

    /// Half the width in logarithm of time.
    public double halfWidth(JobFeatures job) {
        Spread.Expected expected = spread.of(job);
        double far = 1 - expected.nearness();
        return (far * farQuantile + expected.nearness() * nearQuantile) * expected.size();
    }

    private static double quantile(ResidualTable table, ToDoubleFunction<Residual> expectedSize, double level) {
        List<Residual> rows = table.rows();
        double[] scores = rows.stream()
                .mapToDouble(row -> Math.abs(row.logError()) / expectedSize.applyAsDouble(row))
                .toArray();
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        double reached = 0;
        for (int row : order) {
            reached += table.weight(row);
            if (reached >= level * table.families()) {
                return scores[row];
            }
        }
        return scores[order[order.length - 1]];
    }
}
