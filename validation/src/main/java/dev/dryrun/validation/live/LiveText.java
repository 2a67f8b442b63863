// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import java.util.List;
import java.util.Locale;

/// Predictions beside trainings as a table for a person.
final class LiveText {
    private static final double MILLI = 1e3;
    private static final double MEGA = 1e6;

    private LiveText() {}

    static String write(LiveResult result) {
        List<LiveRow> rows = result.rows();
        var text = new StringBuilder("Predictions for " + result.machine() + " beside trainings\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%-46s %9s %19s %9s %7s %6s %8s %8s %6s%n",
                "job",
                "predicted",
                "interval ms",
                "measured",
                "error",
                "noise",
                "MB pred.",
                "measured",
                "error"));
        for (LiveRow row : rows) {
            text.append(line(row));
        }
        text.append('\n');
        score(text, "one rank", LiveScore.with(rows, 1));
        score(text, "two ranks", LiveScore.with(rows, 2));
        LiveScore.Order order = LiveScore.order(rows);
        if (order.pairs() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "order           %d of %d pairs of strategies for one model and batch that differ by more than the"
                            + " noise, %.1f %%%n",
                    order.inOrder(),
                    order.pairs(),
                    order.pct()));
        }
        text.append("""

            Steps are means of the fifth of them that took the least time, over two trainings with all others between;
            noise is how far apart the two are.
            """);
        result.functionTest()
                .ifPresent(test -> text.append(String.format(
                        Locale.ROOT,
                        "Four ranks (%s) ran, as a test of function only: loss %.3f to %.3f.%n",
                        test.job().name(),
                        test.firstLoss(),
                        test.lastLoss())));
        return text.toString();
    }

    private static String line(LiveRow row) {
        return String.format(
                Locale.ROOT,
                "%-46s %9.2f %8.2f to %7.2f %9.2f %+6.1f%% %5.1f%% %8.1f %8.1f %+5.1f%%%n",
                row.job().name(),
                row.predicted().stepSeconds() * MILLI,
                row.predicted().interval().lowSeconds() * MILLI,
                row.predicted().interval().highSeconds() * MILLI,
                row.measured().stepSeconds() * MILLI,
                row.errorPct(),
                row.measured().noisePct(),
                row.predicted().peakBytes() / MEGA,
                row.measured().peakBytes() / MEGA,
                row.memoryErrorPct());
    }

    private static void score(StringBuilder text, String name, List<LiveRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        LiveScore score = LiveScore.of(rows);
        text.append(String.format(
                Locale.ROOT,
                "%-15s %d jobs: step %.1f %% off (noise %.1f %%), %d in their interval; memory %.1f %% off%n",
                name,
                score.rows(),
                score.meanErrorPct(),
                score.noisePct(),
                score.covered(),
                score.meanMemoryErrorPct()));
    }
}
