// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.scenario.evidence.ConformalRule;
import dev.dryrun.validation.published.interval.Coverage;
import dev.dryrun.validation.published.interval.RowIntervals;
import java.util.Locale;

/// Coverage of prediction intervals as a table for people.
public final class CoverageText {
    private CoverageText() {}

    public static String write(RowIntervals intervals) {
        if (intervals.families().isEmpty()) {
            return "";
        }
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%nPrediction intervals of %.0f %%, each family predicted as if it had never been measured%n%n"
                        + "%-20s %5s %9s %7s %7s%n",
                100 * ConformalRule.LEVEL,
                "family",
                "rows",
                "inside %",
                "width %",
                "score"));
        intervals.families().forEach((family, coverage) -> line(text, family, coverage));
        line(text, "overall", intervals.overall());
        text.append(String.format(
                Locale.ROOT,
                "%nOf all rows %.1f %% lie inside. width: upper over lower bound, less one; score: width plus %.0f"
                    + " times what lies%noutside, of logarithms, in percent; lower is better. Overall is the mean over"
                    + " families.%n",
                intervals.rowsCoveredPct(),
                2 / (1 - ConformalRule.LEVEL)));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Coverage coverage) {
        text.append(String.format(
                Locale.ROOT,
                "%-20s %5d %9.1f %7.1f %7.1f%n",
                name,
                coverage.rows(),
                coverage.coveredPct(),
                coverage.widthPct(),
                coverage.score()));
    }
}
