// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.ablate.Earned;
import dev.dryrun.validation.published.ablate.Mechanism;
import dev.dryrun.validation.published.measure.Measures;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/// What mechanisms earn, as tables for people: mean errors of the full model and without each of them.
public final class EarnedText {
    /// Mechanisms of a table, so that it fits a terminal.
    private static final int COLUMNS = 6;

    private EarnedText() {}

    /// @param all of the same rows
    public static String write(List<Earned> all) {
        var text = new StringBuilder();
        for (int first = 0; first < all.size(); first += COLUMNS) {
            table(text, all.subList(first, Math.min(all.size(), first + COLUMNS)));
        }
        text.append("\nMean error in percent, bias in brackets, of the full model and without\n");
        all.stream()
                .flatMap(earned -> earned.without().off().stream())
                .distinct()
                .forEach(one -> text.append(sentence(one)));
        return text.append("Nothing is fitted again without a mechanism.\n").toString();
    }

    private static String sentence(Mechanism one) {
        return String.format(Locale.ROOT, "  %-15s %s%n", one.key(), one.sentence());
    }

    private static void table(StringBuilder text, List<Earned> columns) {
        List<Earned.Pair> families = columns.getFirst().families();
        text.append('\n').append(String.format(Locale.ROOT, "%-20s %14s", "without", "nothing"));
        columns.forEach(earned ->
                text.append(String.format(Locale.ROOT, " %14s", earned.without().name())));
        text.append('\n');
        for (int i = 0; i < families.size(); i++) {
            int row = i;
            Earned.Pair full = families.get(row);
            text.append(String.format(Locale.ROOT, "%-20s %14s", full.with().family(), cell(full, Earned.Pair::with)));
            columns.forEach(earned -> text.append(
                    String.format(Locale.ROOT, " %14s", cell(earned.families().get(row), Earned.Pair::without))));
            text.append('\n');
        }
    }

    private static String cell(Earned.Pair pair, Function<Earned.Pair, Measures> of) {
        OptionalDouble mean = of.apply(pair).mapePct();
        OptionalDouble bias = of.apply(pair).biasPct();
        return mean.isPresent() && bias.isPresent()
                ? String.format(Locale.ROOT, "%.1f (%+.1f)", mean.getAsDouble(), bias.getAsDouble())
                : "";
    }
}
