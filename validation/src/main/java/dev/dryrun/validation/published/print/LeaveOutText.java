// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.fit.LeaveOut;
import dev.dryrun.validation.published.fit.RunFit;
import dev.dryrun.validation.published.fit.RunParameter;
import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.Measures;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Predictions of groups left out beside those with everything in the fit, as tables for people.
public final class LeaveOutText {
    private static final int MOST_MOVED = 4;
    private static final double LEAST_MOVE = 0.1;

    private LeaveOutText() {}

    public static String write(LeaveOut.Result result) {
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "Mean error over families, each predicted without its source, stack and site: %s %%%n%n",
                number("%.1f", result.leftOut().overall().mapePct())));
        families(text, result);
        groups(text, result);
        parameters(text, result.fit());
        return text.toString();
    }

    private static void families(StringBuilder text, LeaveOut.Result result) {
        text.append("Step time, (predicted - measured) / measured, in percent\n\n");
        line(text, "", "", "left out", "", "", "all in the fit", "", "", "catalog", "");
        line(text, "family", "rows", "mean", "median", "bias", "mean", "median", "bias", "mean", "bias");
        List<FamilyScore> left = result.leftOut().families();
        for (int i = 0; i < left.size(); i++) {
            line(
                    text,
                    left.get(i).measures(),
                    result.everything().families().get(i).measures(),
                    result.catalog().families().get(i).measures());
        }
        line(
                text,
                result.leftOut().overall(),
                result.everything().overall(),
                result.catalog().overall());
        text.append("""

            left out: constants that runs gave are fitted to the other groups; those that only this group tells are at
            what is known without runs. all in the fit: fitted to all rows. catalog: as predictions are made.
            """);
    }

    private static void line(StringBuilder text, Measures left, Measures fitted, Measures catalog) {
        line(
                text,
                left.family(),
                left.rows(),
                number("%.1f", left.mapePct()),
                number("%.1f", left.medianPct()),
                number("%+.1f", left.biasPct()),
                number("%.1f", fitted.mapePct()),
                number("%.1f", fitted.medianPct()),
                number("%+.1f", fitted.biasPct()),
                number("%.1f", catalog.mapePct()),
                number("%+.1f", catalog.biasPct()));
    }

    private static void line(StringBuilder text, Object... cells) {
        text.append(String.format(Locale.ROOT, "%-20s %5s %9s %7s %7s %15s %7s %7s %8s %7s%n", cells)
                        .stripTrailing())
                .append('\n');
    }

    private static void groups(StringBuilder text, LeaveOut.Result result) {
        text.append("\nGroups, and what moves most where one is left out (from all in the fit to left out)\n");
        for (LeaveOut.Group group : result.groups()) {
            text.append("\n").append(String.join(", ", group.families())).append('\n');
            IntStream.range(0, result.fit().evidence().parameters().size())
                    .filter(p -> group.rows().stream()
                            .anyMatch(row -> result.fit().evidence().reads(row, p)))
                    .filter(p -> moved(result.fit(), group.fit(), p) > LEAST_MOVE)
                    .boxed()
                    .sorted(Comparator.comparingDouble(p -> -moved(result.fit(), group.fit(), p)))
                    .limit(MOST_MOVED)
                    .forEach(p -> text.append(moveLine(result.fit(), group.fit(), p)));
        }
    }

    private static double moved(RunFit all, RunFit without, int parameter) {
        return Math.abs(all.standard()[parameter] - without.standard()[parameter]);
    }

    private static String moveLine(RunFit all, RunFit without, int p) {
        RunParameter parameter = all.evidence().parameters().get(p);
        return String.format(
                Locale.ROOT,
                "  %-28s %12s -> %-12s %s%s%n",
                parameter.at(),
                parameter.shown(all.value(p)),
                parameter.shown(without.value(p)),
                parameter.entries(),
                without.identified(p) ? "" : " (not identified)");
    }

    private static void parameters(StringBuilder text, RunFit fit) {
        text.append("\nConstants that runs gave, fitted to all rows; left: what runs leave of the prior's width\n\n");
        text.append(String.format(
                Locale.ROOT, "%-28s %12s %12s %12s %6s  %s%n", "constant", "prior", "catalog", "fitted", "left", "in"));
        for (int p = 0; p < fit.evidence().parameters().size(); p++) {
            RunParameter parameter = fit.evidence().parameters().get(p);
            text.append(String.format(
                    Locale.ROOT,
                    "%-28s %12s %12s %12s %6.2f  %s%s%n",
                    parameter.at(),
                    parameter.shown(parameter.prior().centre()),
                    parameter.shown(parameter.value()),
                    parameter.shown(fit.value(p)),
                    fit.deviations()[p],
                    parameter.entries(),
                    fit.identified(p) ? "" : " (not identified)"));
        }
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
    }
}
