// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.FitVerdicts;
import dev.dryrun.validation.published.measure.PeakErrors;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.measure.SkippedRows;
import dev.dryrun.validation.published.measure.StrategyChoice;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The scoreboard as a table for people: a line per family, the overall figures, and what was left out and why.
public final class ScoreboardText {
    private ScoreboardText() {}

    /// @param worst how many rows to list, largest error first
    public static String write(Judged judged, int worst) {
        return write(judged.board(), worst)
                + CoverageText.write(judged.intervals())
                + PeerText.write(judged.peers())
                + (judged.without().isEmpty() ? "" : EarnedText.write(judged.without()));
    }

    private static String write(Scoreboard board, int worst) {
        var text = new StringBuilder();
        text.append("Step time, (predicted - measured) / measured, in percent\n\n");
        var lines = new MeasureLines(text);
        lines.head("family");
        List<FamilyScore> counted =
                board.families().stream().filter(family -> !family.apart()).toList();
        counted.forEach(family -> lines.line(family.measures()));
        lines.line(board.overall());
        List<FamilyScore> apart =
                board.families().stream().filter(FamilyScore::apart).toList();
        if (!apart.isEmpty()) {
            text.append("\nApart, not in overall (quality C: ambiguous, or no timed steps)\n");
            apart.forEach(family -> lines.line(family.measures()));
        }
        text.append("""

            mean, median, p90: absolute errors; bias: signed, positive where predicted too slow; order: pairs of
            strategies for one job, measured over 2 % apart, put in the measured order; regret: how much slower the
            pick is than the best; memory: mean absolute error of the peak. Overall is the mean over families.
            """);
        layouts(text, board.runs());
        RegimeText.write(text, board.runs());
        peaks(text, PeakErrors.of(board.runs()));
        fit(text, board.fit());
        skipped(text, board.runs());
        worst(text, board.runs(), worst);
        return text.toString();
    }

    private static void peaks(StringBuilder text, List<PeakErrors> families) {
        if (families.isEmpty()) {
            return;
        }
        text.append("\nPeak memory, (predicted - measured) / measured, in percent\n\n");
        text.append(String.format(
                Locale.ROOT, "%-20s %5s %7s %7s %7s  %s%n", "family", "rows", "mean", "bias", "worst", "measured"));
        for (PeakErrors peak : families) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-20s %5d %7.1f %+7.1f %+7.1f  %s%n",
                    peak.family(),
                    peak.rows(),
                    peak.mapePct(),
                    peak.biasPct(),
                    peak.worstPct(),
                    peak.instrument().name().toLowerCase(Locale.ROOT)));
        }
    }

    private static void fit(StringBuilder text, FitVerdicts fit) {
        if (fit.ranOutOfMemory() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nOut of memory: %d of %d rows foreseen; %d of %d rows that ran were predicted not to fit.%n",
                    fit.predictedOutOfMemory(),
                    fit.ranOutOfMemory(),
                    fit.falseAlarms(),
                    fit.ran()));
        }
    }

    /// All jobs with several strategies, whichever family they are of.
    private static void layouts(StringBuilder text, List<ScoredRun> runs) {
        StrategyChoice choice = StrategyChoice.of(
                runs.stream().filter(scored -> !scored.run().qualityC()).toList());
        if (choice.pairs() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%nJobs with several layouts (quality A and B): %d, %d pairs over 2 %% apart, %s %% in order, mean"
                            + " regret %s %%.%n",
                    choice.jobs(),
                    choice.pairs(),
                    MeasureLines.one(choice.pairOrderPct()),
                    MeasureLines.one(choice.meanRegretPct())));
        }
    }

    private static void skipped(StringBuilder text, List<ScoredRun> runs) {
        List<SkippedRows> reasons = SkippedRows.of(runs);
        if (reasons.isEmpty()) {
            return;
        }
        int count = reasons.stream().mapToInt(SkippedRows::rows).sum();
        text.append(String.format(Locale.ROOT, "%nNot simulated: %d of %d rows%n", count, runs.size()));
        for (SkippedRows skipped : reasons) {
            text.append(String.format(
                    Locale.ROOT,
                    "%6d  %s (%s)%n",
                    skipped.rows(),
                    skipped.reason(),
                    String.join(", ", skipped.families())));
        }
    }

    private static void worst(StringBuilder text, List<ScoredRun> runs, int worst) {
        boolean onlyC = runs.stream().allMatch(scored -> scored.run().qualityC());
        List<ScoredRun> sorted = runs.stream()
                .filter(scored ->
                        scored.errorPct().isPresent() && (onlyC || !scored.run().qualityC()))
                .sorted(Comparator.comparingDouble(
                        scored -> -Math.abs(scored.errorPct().orElseThrow())))
                .limit(worst)
                .toList();
        if (sorted.isEmpty()) {
            return;
        }
        text.append("\nLargest errors\n");
        for (ScoredRun scored : sorted) {
            double measured = scored.measuredSeconds().orElseThrow();
            double error = scored.errorPct().orElseThrow();
            text.append(String.format(
                    Locale.ROOT,
                    "%-24s %10.4g s measured %10.4g s predicted %+7.1f %%%s%n",
                    scored.run().id(),
                    measured,
                    measured * (1 + error / 100),
                    error,
                    scored.assumed().isEmpty() ? "" : "  assumed: " + String.join("; ", scored.assumed())));
        }
    }
}
