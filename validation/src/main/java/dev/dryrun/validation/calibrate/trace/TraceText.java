// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.scenario.report.Amount;
import dev.dryrun.validation.calibrate.runs.ProductText;
import dev.dryrun.validation.trace.TracedCollective;
import dev.dryrun.validation.trace.TracedShapes.PassShape;
import java.util.List;
import java.util.Locale;

/// What traces say, for people.
final class TraceText {
    private static final int MOST_PRODUCTS = 10;
    private static final int MOST_SHAPES = 10;
    private static final int MOST_COLLECTIVES = 20;

    private final StringBuilder out = new StringBuilder();

    String text(TraceFindings findings) {
        if (findings.fit() != null) {
            out.append(ProductText.text(findings.fit()));
            products(findings.residuals());
        }
        attention(findings.attention());
        constants(findings);
        collectives(findings.collectives());
        if (findings.unshapedSeconds() > 0) {
            line(
                    "%s of matrix products and attention have no shape in the traces and count for nothing here.%n",
                    Amount.seconds(findings.unshapedSeconds()));
        }
        return out.toString();
    }

    private void products(List<ProductResidual> residuals) {
        line("%-34s %6s %10s %10s %9s", "product", "calls", "measured", "catalog %", "here %");
        for (ProductResidual one : ProductResidual.worst(residuals, MOST_PRODUCTS)) {
            line(
                    "%-34s %6d %10s %+10.1f %+9.1f",
                    name(one.gemm()),
                    one.calls(),
                    Amount.seconds(one.measuredSeconds()),
                    one.catalogErrorPct(),
                    one.fittedErrorPct());
        }
        line(
                "%-34s %6s %10s %10.1f %9.1f",
                "mean absolute error by time",
                "",
                "",
                ProductResidual.meanErrorPct(residuals, false),
                ProductResidual.meanErrorPct(residuals, true));
        if (residuals.size() > MOST_PRODUCTS) {
            line("The %d of %d that are missed by most time; --json has all.", MOST_PRODUCTS, residuals.size());
        }
        line("");
    }

    private static String name(Gemm gemm) {
        String sizes = gemm.m() + " x " + gemm.n() + " x " + gemm.k();
        return sizes + (gemm.batch() > 1 ? " x " + gemm.batch() + " times" : "") + " "
                + gemm.precision().name().toLowerCase(Locale.ROOT);
    }

    private void attention(AttentionShares attention) {
        if (attention.rows().isEmpty()) {
            return;
        }
        line("%-43s %6s %10s %8s", "fused attention", "calls", "measured", "of peak");
        for (AttentionShares.Row row :
                attention.rows().stream().limit(MOST_SHAPES).toList()) {
            line(
                    "%-43s %6d %10s %8.3f",
                    name(row.timed().shape()),
                    row.timed().calls(),
                    Amount.seconds(row.timed().medianSeconds()),
                    row.ofPeak());
        }
        if (attention.rows().size() > MOST_SHAPES) {
            line(
                    "The first %d of %d shapes; --json has all.",
                    MOST_SHAPES, attention.rows().size());
        }
        line("");
    }

    private static String name(PassShape shape) {
        FlashAttention of = shape.attention();
        return String.format(
                Locale.ROOT,
                "%-8s %d x %d tokens, %d heads of %d",
                shape.pass().name().toLowerCase(Locale.ROOT),
                of.sequences(),
                of.queryLength(),
                of.heads(),
                of.keyDimension());
    }

    private void constants(TraceFindings findings) {
        if (!findings.constants().isEmpty()) {
            String of = findings.stack() == null ? "" : findings.stack().name();
            line("%-26s %12s %12s", "constant of the stack", of.isEmpty() ? "" : "catalog", "here");
            for (StackConstant one : findings.constants()) {
                String catalog =
                        one.ofStack().isPresent() ? shown(one, one.ofStack().getAsDouble()) : "";
                line(
                        "%-26s %12s %12s%s",
                        one.name(), catalog, shown(one, one.value()), one.written() ? "" : "  (not written)");
            }
            findings.constants().stream()
                    .filter(one -> !one.written())
                    .map(StackConstant::refusal)
                    .distinct()
                    .forEach(why -> line("Not written: %s.", why));
        }
        findings.host()
                .ifPresent(issue -> line(
                        "host_per_kernel: mean of %d intervals between launches that the GPU waited for%s.",
                        issue.intervals(), issue.operators() ? ", slowed by recorded operators" : ""));
        if (!findings.constants().isEmpty()) {
            line("");
        }
    }

    private static String shown(StackConstant constant, double value) {
        return constant.isTime() ? Amount.seconds(value) : String.format(Locale.ROOT, "%.3f", value);
    }

    private void collectives(List<ComparedCollective> collectives) {
        if (collectives.isEmpty()) {
            return;
        }
        line(
                "%-26s %12s %6s %6s %10s %10s %10s",
                "collective", "bytes", "ranks", "calls", "median", "quartile", "predicted");
        for (ComparedCollective one :
                collectives.stream().limit(MOST_COLLECTIVES).toList()) {
            TracedCollective shape = one.timed().shape();
            line(
                    "%-26s %12.0f %6d %6d %10s %10s %10s",
                    shape.kind(),
                    shape.bytes(),
                    shape.groupSize(),
                    one.timed().calls(),
                    Amount.seconds(one.timed().medianSeconds()),
                    Amount.seconds(one.timed().quartileSeconds()),
                    one.predictedSeconds().isPresent()
                            ? Amount.seconds(one.predictedSeconds().getAsDouble())
                            : "(" + one.unknown() + ")");
        }
        if (collectives.size() > MOST_COLLECTIVES) {
            line("The %d of %d that took most time; --json has all.", MOST_COLLECTIVES, collectives.size());
        }
        line("A collective's time includes its wait for the slowest rank and what runs beside it; the lower"
                + " quartile has least of");
        line("that and compares with the prediction, which is of the collective alone in one node. Nothing is"
                + " fitted to it.");
        line("");
    }

    private void line(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
