// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.page;

import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.table.Column;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The rows that are farthest off, each with what its prediction is made of and what had to be assumed.
final class RowCards {
    private static final int CARDS = 24;
    private static final int OF_A_FAMILY = 3;

    private RowCards() {}

    /// The worst rows of quality A and B, at most three of a family.
    static List<ScoredRun> worst(List<ScoredRun> runs) {
        Map<String, Integer> taken = new HashMap<>();
        return runs.stream()
                .filter(scored -> scored.errorPct().isPresent() && !scored.run().qualityC())
                .sorted(Comparator.comparingDouble(
                        scored -> -Math.abs(scored.errorPct().orElseThrow())))
                .filter(scored -> taken.merge(scored.run().family(), 1, Integer::sum) <= OF_A_FAMILY)
                .limit(CARDS)
                .toList();
    }

    static String write(List<ScoredRun> worst) {
        var out = new StringBuilder("<div class=\"cards\">\n");
        worst.forEach(scored -> card(out, scored, Objects.requireNonNull(scored.prediction())));
        return out.append("</div>\n").toString();
    }

    private static void card(StringBuilder out, ScoredRun scored, Prediction prediction) {
        double measured = scored.measuredSeconds().orElseThrow();
        out.append("<article>\n<h3>")
                .append(Html.escaped(scored.run().id()))
                .append(" <span class=\"error\">")
                .append(Html.signed(scored.errorPct()))
                .append(" %</span></h3>\n");
        paragraph(out, "", RowWords.job(scored.run()));
        paragraph(out, "faint", RowWords.strategy(scored));
        paragraph(
                out,
                "",
                String.format(Locale.ROOT, "%.4g s measured, %.4g s predicted", measured, prediction.stepSeconds()));
        List<StepShare> shares = StepShare.of(prediction);
        if (!shares.isEmpty()) {
            bar(out, shares);
            paragraph(out, "", gap(prediction.stepSeconds() - measured, shares));
        }
        if (!scored.assumed().isEmpty()) {
            paragraph(out, "", "Assumed: " + String.join("; ", scored.assumed()));
        }
        paragraph(out, "faint", scored.run().text(Column.SOURCE));
        if (scored.run().states(Column.NOTES)) {
            paragraph(out, "faint", scored.run().text(Column.NOTES));
        }
        out.append("</article>\n");
    }

    private static void bar(StringBuilder out, List<StepShare> shares) {
        out.append("<div class=\"bar\">");
        for (StepShare share : shares) {
            out.append(String.format(
                    Locale.ROOT,
                    "<span class=\"%s\" style=\"width:%.1f%%\" title=\"%s %.1f %%\"></span>",
                    share.part().name().toLowerCase(Locale.ROOT),
                    share.pct(),
                    share.words(),
                    share.pct()));
        }
        out.append("</div>\n<p class=\"key\">");
        for (StepShare share : shares) {
            out.append(String.format(
                    Locale.ROOT,
                    "<span class=\"%s\">%s %.1f %%</span> ",
                    share.part().name().toLowerCase(Locale.ROOT),
                    share.words(),
                    share.pct()));
        }
        out.append("</p>\n");
    }

    /// How much of each large part the gap would be: the part that the gap exceeds cannot be what is wrong alone.
    private static String gap(double gapSeconds, List<StepShare> shares) {
        var words =
                new StringBuilder(String.format(Locale.ROOT, "The gap of %.3g s is as long as", Math.abs(gapSeconds)));
        String between = " ";
        for (StepShare share : shares) {
            if (share.pct() >= 3) {
                words.append(between)
                        .append(String.format(
                                Locale.ROOT,
                                "%.0f %% of %s",
                                100 * Math.abs(gapSeconds) / share.seconds(),
                                share.words()));
                between = ", ";
            }
        }
        return words.append('.').toString();
    }

    private static void paragraph(StringBuilder out, String style, String words) {
        if (!words.isEmpty()) {
            out.append(style.isEmpty() ? "<p>" : "<p class=\"" + style + "\">")
                    .append(Html.escaped(words))
                    .append("</p>\n");
        }
    }
}
