// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.interval;

import java.util.List;

/// How good prediction intervals are over some rows.
///
/// @param rows how many
/// @param coveredPct share of them whose measured time lies inside
/// @param widthPct mean of upper over lower bound, less one
/// @param score mean interval score of the logarithm of time in percent, lower is better: width plus 2/(1 - level)
/// times
///     what lies outside. Source: Gneiting and Raftery, 2007, doi:10.1198/016214506000001437, equation 43
public record Coverage(int rows, double coveredPct, double widthPct, double score) {
    /// Families averaged equally; rows are added up.
    static Coverage overall(List<Coverage> families) {
        return new Coverage(
                families.stream().mapToInt(Coverage::rows).sum(),
                families.stream().mapToDouble(Coverage::coveredPct).average().orElse(0),
                families.stream().mapToDouble(Coverage::widthPct).average().orElse(0),
                families.stream().mapToDouble(Coverage::score).average().orElse(0));
    }

    /// @param logErrors logarithms of measured over predicted time
    /// @param halfWidths of the intervals
    /// @param level of the intervals
    static Coverage of(double[] logErrors, double[] halfWidths, double level) {
        int inside = 0;
        double width = 0;
        double score = 0;
        for (int i = 0; i < logErrors.length; i++) {
            double outside = Math.max(0, Math.abs(logErrors[i]) - halfWidths[i]);
            inside += outside == 0 ? 1 : 0;
            width += Math.expm1(2 * halfWidths[i]);
            score += 2 * halfWidths[i] + 2 / (1 - level) * outside;
        }
        int rows = logErrors.length;
        return new Coverage(rows, 100.0 * inside / rows, 100 * width / rows, 100 * score / rows);
    }
}
