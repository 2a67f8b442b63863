// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.estimate.Estimate;
import dev.dryrun.scenario.estimate.Formula;
import java.util.List;
import java.util.Locale;

/// An estimate as text for a person, on one screen; with its formulas on two.
public final class EstimateText {
    private static final int WIDTH = 98;
    private static final int LABEL = 22;
    private static final int VALUE = 18;
    private static final String INDENT = "      ";

    private final boolean explain;
    private final Paper paper;
    private final StringBuilder out = new StringBuilder(4096);

    private EstimateText(boolean explain, Paper paper) {
        this.explain = explain;
        this.paper = paper;
    }

    /// @param explain whether each line is followed by its formula and source
    public static String write(Estimate estimate, boolean explain, Paper paper) {
        var text = new EstimateText(explain, paper);
        text.group(estimate.model().name(), "", ComputeLines.model(estimate.model()));
        text.group("compute", "", ComputeLines.compute(estimate));
        estimate.time().ifPresent(time -> text.group("time", "", ComputeLines.time(time)));
        text.group(
                "memory of a GPU",
                MemoryTable.heading(estimate.request()),
                MemoryTable.of(estimate.request(), estimate.memory(), paper));
        text.group("inference", "", ServingLines.inference(estimate.inference()));
        estimate.traffic().ifPresent(traffic -> text.group("communication", "", ServingLines.traffic(traffic)));
        text.assumed(estimate.request().assumed());
        return text.out.toString();
    }

    private void group(String title, String subtitle, List<EstimateLine> lines) {
        if (!out.isEmpty()) {
            line("");
        }
        line(paper.bold(title) + (subtitle.isEmpty() ? "" : "  " + paper.dim(subtitle)));
        for (EstimateLine line : lines) {
            line(String.format(
                    Locale.ROOT, "  %-" + LABEL + "s%-" + VALUE + "s %s", line.label(), line.value(), line.note()));
            if (explain) {
                line.formulas().forEach(this::explanation);
            }
        }
    }

    private void explanation(Formula formula) {
        String source = formula.source().isEmpty() ? "" : " [" + formula.source() + "]";
        for (String part : Paragraph.lines(formula.text() + source, WIDTH - INDENT.length())) {
            line(paper.dim(INDENT + part));
        }
    }

    private void assumed(List<String> assumed) {
        if (assumed.isEmpty()) {
            return;
        }
        line("");
        String title = "assumed  ";
        String all = String.join(", ", assumed);
        String before = paper.yellow(title.strip()) + "  ";
        for (String part : Paragraph.lines(all, WIDTH - title.length())) {
            line(before + part);
            before = " ".repeat(title.length());
        }
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
