// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.FitVerdicts;
import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.measure.PeakErrors;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The scoreboard as a table for people: a line per family, the overall figures, and what was left out and why.
public final class ScoreboardText {
    private ScoreboardText() {}

    /// @param worst how many rows to list, largest error first
    public static String write(Scoreboard board, int worst) {
        var text = new StringBuilder();
        text.append("Step time, (predicted - measured) / measured, in percent\n\n");
        line(text, "family", "rows", "sim.", "mean", "median", "p90", "bias", "order", "regret", "memory");
        List<FamilyScore> counted =
                board.families().stream().filter(family -> !family.apart()).toList();
        counted.forEach(family -> measures(text, family.measures()));
        measures(text, board.overall());
        List<FamilyScore> apart =
                board.families().stream().filter(FamilyScore::apart).toList();
        if (!apart.isEmpty()) {
            text.append("\nApart, not in overall (quality C: ambiguous, or no timed steps)\n");
            apart.forEach(family -> measures(text, family.measures()));
        }
        text.append("""

            mean, median, p90: absolute errors; bias: signed, positive where predicted too slow; order: pairs of
            strategies for one job put in the measured order; regret: how much slower the pick is than the best;
            memory: mean absolute error of the peak. Overall is the mean over families.
            """);
        peaks(text, PeakErrors.of(board.runs()));
        fit(text, board.fit());
        skipped(text, board.runs());
        worst(text, board.runs(), worst);
        return text.toString();
    }

    private static void line(StringBuilder text, Object... cells) {
        text.append(String.format(Locale.ROOT, "%-20s %5s %5s %7s %7s %7s %7s %7s %7s %7s%n", cells)
                        .stripTrailing())
                .append('\n');
    }

    private static void measures(StringBuilder text, Measures measures) {
        line(
                text,
                measures.family(),
                measures.rows(),
                measures.simulated(),
                one(measures.mapePct()),
                one(measures.medianPct()),
                one(measures.p90Pct()),
                signed(measures.biasPct()),
                one(measures.pairOrderPct()),
                one(measures.meanRegretPct()),
                one(measures.memoryMapePct()));
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

    private static void skipped(StringBuilder text, List<ScoredRun> runs) {
        Map<String, List<ScoredRun>> byReason = runs.stream()
                .filter(scored -> !scored.simulated())
                .collect(Collectors.groupingBy(ScoreboardText::mainReason, TreeMap::new, Collectors.toList()));
        if (byReason.isEmpty()) {
            return;
        }
        int count = byReason.values().stream().mapToInt(List::size).sum();
        text.append(String.format(Locale.ROOT, "%nNot simulated: %d of %d rows%n", count, runs.size()));
        byReason.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .forEach(entry -> text.append(String.format(
                        Locale.ROOT,
                        "%6d  %s (%s)%n",
                        entry.getValue().size(),
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(scored -> scored.run().family())
                                .distinct()
                                .collect(Collectors.joining(", ")))));
    }

    /// The first of several reasons; all of them stand in the JSON.
    private static String mainReason(ScoredRun scored) {
        return scored.skipped().split("; ", 2)[0];
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

    private static String one(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : "";
    }

    private static String signed(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%+.1f", value.getAsDouble()) : "";
    }
}
