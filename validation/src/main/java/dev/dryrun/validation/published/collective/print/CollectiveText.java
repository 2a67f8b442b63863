// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.print;

import dev.dryrun.validation.published.collective.measure.CollectiveScoreboard;
import dev.dryrun.validation.published.collective.measure.Errors;
import dev.dryrun.validation.published.collective.measure.RegimeScore;
import dev.dryrun.validation.published.collective.measure.ScoredCollective;
import dev.dryrun.validation.published.collective.measure.SizeRegime;
import dev.dryrun.validation.published.collective.measure.SuspiciousRows;
import dev.dryrun.validation.published.collective.measure.SystemScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The scoreboard as tables for people: a line for each system, the regimes, what is judged apart and what was left
/// out.
public final class CollectiveText {
    private static final int WIDTH = 50;

    private CollectiveText() {}

    /// @param worst how many rows to list, largest error first
    public static String write(CollectiveScoreboard board, int worst) {
        var text = new StringBuilder("Time of a collective, predicted / measured - 1, in percent: mean size, bias\n\n");
        text.append(systemsAndRegimes(board));
        text.append("""

            Octaves of sizes of a sweep weigh the same, then systems do. A benchmark that one process or a Python loop
            drives gets its host cost; no simulated step has it.
            """);
        suspicious(text, board.suspicious());
        skipped(text, board.rows());
        worst(text, board.rows(), worst);
        return text.toString();
    }

    /// A line for each system, then a line for each regime.
    public static String systemsAndRegimes(CollectiveScoreboard board) {
        var text = new StringBuilder();
        line(text, "system", "rows", "pred.", titles());
        board.systems().forEach(system -> system(text, system));
        return text + "\n" + regimes(board);
    }

    /// A line for each regime.
    public static String regimes(CollectiveScoreboard board) {
        var text = new StringBuilder();
        board.regimes().forEach(score -> regime(text, score));
        return text.toString();
    }

    private static List<String> titles() {
        return List.of(SizeRegime.values()).stream().map(SizeRegime::title).toList();
    }

    private static void line(StringBuilder text, String system, Object rows, Object predicted, List<String> cells) {
        String name = system.length() > WIDTH ? system.substring(0, WIDTH - 3) + "..." : system;
        text.append(String.format(Locale.ROOT, "%-" + WIDTH + "s %5s %5s", name, rows, predicted));
        cells.forEach(cell -> text.append(String.format(Locale.ROOT, " %15s", cell)));
        text.append('\n');
    }

    private static void system(StringBuilder text, SystemScore system) {
        var cells = new ArrayList<String>();
        for (SizeRegime regime : SizeRegime.values()) {
            Errors errors = system.regimes().get(regime);
            cells.add(
                    errors == null
                            ? "-"
                            : String.format(Locale.ROOT, "%.1f %+6.1f", 100 * errors.mean(), 100 * errors.bias()));
        }
        line(text, system.system(), system.rows(), system.predicted(), cells);
    }

    private static void regime(StringBuilder text, RegimeScore score) {
        text.append(String.format(
                Locale.ROOT,
                "%-15s %3d systems: mean %5.1f, bias %+5.1f; worst %5.1f (%s)%n",
                score.regime().title(),
                score.systems(),
                100 * score.mean(),
                100 * score.bias(),
                100 * score.worstMean(),
                score.worst()));
    }

    private static void suspicious(StringBuilder text, List<SuspiciousRows> groups) {
        if (!groups.isEmpty()) {
            text.append("\nJudged apart, in none of the figures above\n");
        }
        for (SuspiciousRows group : groups) {
            text.append(String.format(
                    Locale.ROOT,
                    "%6d  mean %6.1f, bias %+6.1f  %s: %s%n",
                    group.errors().rows(),
                    100 * group.errors().mean(),
                    100 * group.errors().bias(),
                    group.system(),
                    group.reason()));
        }
    }

    private static void skipped(StringBuilder text, List<ScoredCollective> rows) {
        Map<String, Set<String>> systems = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (ScoredCollective scored : rows) {
            if (!scored.predicted()) {
                systems.computeIfAbsent(scored.skipped(), reason -> new LinkedHashSet<>())
                        .add(scored.row().system());
                counts.merge(scored.skipped(), 1, Integer::sum);
            }
        }
        if (!counts.isEmpty()) {
            int all = counts.values().stream().mapToInt(count -> count).sum();
            text.append(String.format(Locale.ROOT, "%nNot predicted: %d of %d rows%n", all, rows.size()));
        }
        counts.forEach((reason, count) -> text.append(String.format(
                Locale.ROOT,
                "%6d  %s (%s)%n",
                count,
                reason,
                String.join("; ", systems.getOrDefault(reason, Set.of())))));
    }

    private static void worst(StringBuilder text, List<ScoredCollective> rows, int worst) {
        if (worst <= 0) {
            return;
        }
        text.append("\nLargest errors\n");
        rows.stream()
                .filter(scored ->
                        scored.predicted() && scored.row().suspicious().isEmpty())
                .sorted(Comparator.comparingDouble(scored -> -Math.abs(scored.error())))
                .limit(worst)
                .forEach(scored -> text.append(String.format(
                        Locale.ROOT,
                        "%-24s %-14s %12.0f B %10.1f us measured %10.1f us %+7.1f %%  %s%n",
                        scored.row().id(),
                        scored.row().sweep().collective(),
                        scored.row().bytes(),
                        1e6 * scored.row().seconds(),
                        1e6 * scored.predictedSeconds().orElseThrow(),
                        100 * scored.error(),
                        scored.algorithm())));
    }
}
