// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.scenario.report.Amount;
import dev.dryrun.validation.calibrate.runs.ProductText;
import dev.dryrun.validation.trace.TracedShapes.PassShape;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/// What traces say, for people.
final class TraceText {
    private static final int MOST_SHAPES = 10;

    private final Formatter lines = new Formatter(Locale.ROOT);

    private TraceText() {}

    static String write(TraceFindings findings) {
        var text = new TraceText();
        String products = findings.fit() == null ? "" : ProductText.text(findings.fit());
        text.all(findings);
        return products + text.lines;
    }

    private void all(TraceFindings findings) {
        if (!findings.residuals().isEmpty()) {
            ProductTable.add(lines, findings.residuals());
        }
        if (!findings.attention().rows().isEmpty()) {
            attention(findings.attention().rows());
        }
        if (!findings.constants().isEmpty()) {
            constants(findings);
        }
        if (!findings.collectives().isEmpty()) {
            CollectiveTable.add(lines, findings.collectives());
        }
        if (findings.unshapedSeconds() > 0) {
            lines.format(
                    "%s of matrix products and attention have no shape in the traces and are left out.%n",
                    Amount.seconds(findings.unshapedSeconds()));
            lines.format("%n");
        }
    }

    private void attention(List<AttentionShares.Row> rows) {
        lines.format("%-50s %6s %10s %8s%n", "fused attention", "calls", "measured", "of peak");
        for (AttentionShares.Row row : rows.subList(0, Math.min(MOST_SHAPES, rows.size()))) {
            lines.format(
                    "%-50s %6d %10s %8.3f%n",
                    name(row.timed().shape()),
                    row.timed().calls(),
                    Amount.seconds(row.timed().medianSeconds()),
                    row.ofPeak());
        }
        if (rows.size() > MOST_SHAPES) {
            lines.format("The first %d of %d shapes; --json has all.%n", MOST_SHAPES, rows.size());
        }
        lines.format("%n");
    }

    private static String name(PassShape shape) {
        FlashAttention of = shape.attention();
        String pass = shape.pass().name().toLowerCase(Locale.ROOT);
        return String.format(
                Locale.ROOT,
                "%-8s %d x %d tokens, %d heads of %d",
                pass,
                of.sequences(),
                of.queryLength(),
                of.heads(),
                of.keyDimension());
    }

    private void constants(TraceFindings findings) {
        boolean named = findings.stack() != null;
        lines.format("%-26s %12s %12s%n", "constant of the stack", named ? "catalog" : "", "here");
        for (StackConstant one : findings.constants()) {
            String catalog =
                    one.ofStack().isPresent() ? shown(one, one.ofStack().getAsDouble()) : "";
            String mark = one.written() ? "" : "  (not written)";
            lines.format("%-26s %12s %12s%s%n", one.name(), catalog, shown(one, one.value()), mark);
        }
        findings.constants().stream()
                .filter(one -> !one.written())
                .map(StackConstant::refusal)
                .distinct()
                .forEach(why -> lines.format("Not written: %s.%n", why));
        findings.host().ifPresent(this::host);
        lines.format("%n");
    }

    private void host(HostIssue issue) {
        lines.format(
                "%s: mean of %d intervals between launches, an upper bound", StackConstant.HOST, issue.intervals());
        lines.format(issue.operators() ? "; recording operators slowed the host down.%n" : ".%n");
    }

    private static String shown(StackConstant constant, double value) {
        return constant.isTime() ? Amount.seconds(value) : String.format(Locale.ROOT, "%.3f", value);
    }
}
