// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.print;

import dev.dryrun.validation.published.kernel.measure.KernelErrors;
import dev.dryrun.validation.published.kernel.measure.KernelScoreboard;
import dev.dryrun.validation.published.kernel.measure.ScoredKernel;
import dev.dryrun.validation.published.kernel.measure.TimeRegime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The scoreboard of kernels as tables for people.
public final class KernelText {
    private static final String LINE = "%-17s %-19s %-20s %6s %6s %6s %6s %6s";

    private KernelText() {}

    /// @param worst how many rows to list, largest error first
    public static String write(KernelScoreboard board, int worst) {
        var text = new StringBuilder(
                "Time of a kernel, predicted / measured - 1, in percent; mean and bias by how long it takes\n\n");
        text.append(String.format(
                Locale.ROOT, LINE, "accelerator", "kind", "part in the fit", "rows", "mean", "median", "p90", "bias"));
        for (TimeRegime regime : TimeRegime.values()) {
            text.append(String.format(Locale.ROOT, " %14s", regime.title()));
        }
        text.append('\n');
        board.groups().forEach((group, rows) -> group(text, group, rows));
        files(text, board);
        skipped(text, board.rows());
        worst(text, board.rows(), worst);
        return text.toString();
    }

    private static void group(StringBuilder text, KernelScoreboard.Group group, List<ScoredKernel> rows) {
        KernelErrors all = KernelErrors.of(rows).orElseThrow();
        text.append(String.format(
                Locale.ROOT,
                LINE,
                group.accelerator(),
                group.kind().title(),
                group.role().title(),
                all.rows(),
                percent(all.mean()),
                percent(all.median()),
                percent(all.p90()),
                signed(all.bias())));
        for (TimeRegime regime : TimeRegime.values()) {
            String cell = KernelErrors.of(in(rows, regime))
                    .map(errors -> percent(errors.mean()) + " " + signed(errors.bias()))
                    .orElse("-");
            text.append(String.format(Locale.ROOT, " %14s", cell));
        }
        text.append('\n');
    }

    private static void files(StringBuilder text, KernelScoreboard board) {
        text.append("\nMatrix products above 10 us, by file\n");
        board.files().forEach((file, rows) -> {
            List<ScoredKernel> products = rows.stream()
                    .filter(row ->
                            row.row().work().kind().title().equals("gemm") && row.regime() != TimeRegime.UNDER_10_US)
                    .toList();
            KernelErrors.of(products)
                    .ifPresent(errors -> text.append(String.format(
                            Locale.ROOT,
                            "%-56s %-20s %6d rows, mean %s, bias %s%n",
                            file,
                            products.getFirst().role().title(),
                            errors.rows(),
                            percent(errors.mean()),
                            signed(errors.bias()))));
        });
    }

    private static void skipped(StringBuilder text, List<ScoredKernel> rows) {
        Map<String, Long> reasons = rows.stream()
                .filter(row -> !row.predicted())
                .collect(Collectors.groupingBy(ScoredKernel::skipped, TreeMap::new, Collectors.counting()));
        if (!reasons.isEmpty()) {
            text.append("\nNot predicted\n");
            reasons.forEach((reason, count) -> text.append(String.format(Locale.ROOT, "%6d  %s%n", count, reason)));
        }
    }

    private static void worst(StringBuilder text, List<ScoredKernel> rows, int worst) {
        if (worst <= 0) {
            return;
        }
        text.append("\nLargest errors\n");
        rows.stream()
                .filter(ScoredKernel::predicted)
                .sorted(Comparator.comparingDouble(row -> -Math.abs(row.error())))
                .limit(worst)
                .forEach(row -> text.append(String.format(
                        Locale.ROOT,
                        "%s:%d %s %10.1f us measured %10.1f us %+7.1f %%  %s%n",
                        row.row().file(),
                        row.row().line(),
                        row.row().operation(),
                        1e6 * row.row().seconds(),
                        1e6 * row.predictedSeconds().orElseThrow(),
                        100 * row.error(),
                        row.row().work())));
    }

    private static List<ScoredKernel> in(List<ScoredKernel> rows, TimeRegime regime) {
        return rows.stream().filter(row -> row.regime() == regime).toList();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f", 100 * share);
    }
}
