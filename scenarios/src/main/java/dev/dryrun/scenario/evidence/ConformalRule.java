// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Half the width of a prediction interval, by split conformal prediction with families as what is exchangeable.
///
///     |log(measured / predicted)| <= q s(x),   q the quantile of |r_i| / s_i at level (F + 1) / F
///
/// s_i is what [Spread] expected of row i without its family, F the number of families; the share 1 / (F + 1) is that of
/// the family of the job itself, of which nothing is known. Source: Lei, G'Sell, Rinaldo, Tibshirani and Wasserman, JASA
/// 113, 2018, doi:10.1080/01621459.2017.1307116, section 5.2; weights as Barber, Candes, Ramdas and Tibshirani, 2023,
/// doi:10.1214/23-AOS2276.
public final class ConformalRule {
    /// Share of measured times that lie inside.
    public static final double LEVEL = 0.8;

    private final Spread spread;
    private final double quantile;

    public ConformalRule(ResidualTable table) {
        spread = new Spread(table);
        quantile = quantile(table, LEVEL * (table.families() + 1) / table.families());
    }

    /// Half the width in logarithm of time.
    public double halfWidth(JobFeatures job) {
        return quantile * spread.of(job);
    }

    private static double quantile(ResidualTable table, double level) {
        List<Residual> rows = table.rows();
        double[] scores = rows.stream()
                .mapToDouble(row -> Math.abs(row.logError()) / row.spreadLeftOut())
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
