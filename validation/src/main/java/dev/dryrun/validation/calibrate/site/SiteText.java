// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.scenario.network.SizeClass;
import dev.dryrun.validation.calibrate.site.SiteResiduals.Row;
import java.util.List;
import java.util.Locale;

/// A calibration for people: what was run, what each constant is and who says so, and what is left of the errors.
final class SiteText {
    private final SiteFit fit;
    private final SiteResiduals residuals;

    SiteText(SiteFit fit, SiteResiduals residuals) {
        this.fit = fit;
        this.residuals = residuals;
    }

    String text() {
        var out = new StringBuilder();
        machine(out);
        constants(out);
        further(out);
        regimes(out);
        rows(out);
        return out.toString();
    }

    private void machine(StringBuilder out) {
        Machine machine = fit.evidence().machine();
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "Node %s, library %s%s",
                        machine.node().name(),
                        machine.library().name(),
                        machine.nodes() > 1 ? ", fabric " + machine.fabric().name() : ""));
        for (SiteSeries one : fit.evidence().series()) {
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "  %s: %s over %s, %s, %d sizes",
                            one.run().at(),
                            Entry.kebab(one.kind()),
                            one.nodes() == 1
                                    ? one.ranks() + " GPUs"
                                    : one.nodes() + " x " + one.ranks() / one.nodes() + " GPUs",
                            switch (one.launch()) {
                                case MPI -> "a process for each GPU";
                                case ONE_PROCESS, PYTHON_LOOP -> "one process for several GPUs";
                            },
                            one.samples().size()));
        }
    }

    private void constants(StringBuilder out) {
        line(out, "");
        String format = "%-22s %10s %10s  %-24s %9s";
        line(out, String.format(Locale.ROOT, format, "constant", "catalog", "here", "10-90 %", "by logs"));
        fit.knowledge().forEach((constant, knowledge) -> {
            boolean used = knowledge.identified() || constant == SiteConstant.HOST;
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            format,
                            constant.key(),
                            constant.text(constant.catalog(fit.evidence().machine())),
                            used ? constant.text(fit.values().of(constant)) : "-",
                            used ? fit.range(constant) : "as in the catalog",
                            String.format(Locale.ROOT, "%.0f %%", 100 * knowledge.byLogs())));
        });
    }

    private void further(StringBuilder out) {
        List<SiteConstant> open = fit.knowledge().entrySet().stream()
                .filter(known -> !known.getValue().identified())
                .map(java.util.Map.Entry::getKey)
                .toList();
        if (!open.isEmpty()) {
            line(out, "");
            line(out, "Not identified by these logs, and what would:");
        }
        open.forEach(
                constant -> line(out, String.format(Locale.ROOT, "  %-20s %s", constant.key(), constant.further())));
    }

    private void regimes(StringBuilder out) {
        line(out, "");
        String format = "%-16s %-16s %5s %10s %10s";
        line(out, String.format(Locale.ROOT, format, "mean error (%)", "sizes", "rows", "catalog", "here"));
        for (CollectiveKind kind : CollectiveKind.values()) {
            for (SizeClass regime : SizeClass.values()) {
                List<Row> some = residuals.of(kind, regime);
                if (!some.isEmpty()) {
                    line(
                            out,
                            String.format(
                                    Locale.ROOT,
                                    format,
                                    Entry.kebab(kind),
                                    regime.title(),
                                    some.size(),
                                    percent(SiteResiduals.mean(some, false), "%.1f"),
                                    percent(SiteResiduals.mean(some, true), "%.1f")));
                }
            }
        }
    }

    private void rows(StringBuilder out) {
        line(out, "");
        String format = "%-16s %14s %14s %10s %10s  %-18s%s";
        line(
                out,
                String.format(
                        Locale.ROOT,
                        format,
                        "error (%)",
                        "size (B)",
                        "measured (us)",
                        "catalog",
                        "here",
                        "algorithm",
                        ""));
        for (Row row : residuals.rows()) {
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            format,
                            Entry.kebab(row.kind()),
                            String.format(Locale.ROOT, "%.0f", row.sample().bytes()),
                            String.format(
                                    Locale.ROOT, "%.2f", 1e6 * row.sample().seconds()),
                            percent(row.catalog(), "%+.1f"),
                            percent(row.fitted(), "%+.1f"),
                            row.algorithm(),
                            row.outlier() ? " outlier? " + row.sample().at() : ""));
        }
        long outliers = residuals.rows().stream().filter(Row::outlier).count();
        if (outliers > 0) {
            line(out, "");
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "%d sizes err apart from those beside them; they are in the fit, where one size decides"
                                    + " nothing.",
                            outliers));
        }
    }

    private static String percent(double share, String format) {
        return String.format(Locale.ROOT, format, 100 * share);
    }

    private static void line(StringBuilder out, String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
