// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.graph.Finding;
import dev.dryrun.scenario.graph.GraphImport;
import java.util.List;

/// What became of an imported graph, for a person.
public final class GraphText {
    private GraphText() {}

    public static String write(GraphImport imported) {
        var out = new StringBuilder();
        for (Finding.Fate fate : List.of(Finding.Fate.LEFT_OUT, Finding.Fate.ASSUMED, Finding.Fate.READ)) {
            List<Finding> findings = imported.findings().stream()
                    .filter(finding -> finding.fate() == fate)
                    .toList();
            if (!findings.isEmpty()) {
                out.append(word(fate)).append(" (").append(findings.size()).append(")\n");
                findings.forEach(finding -> out.append("  ")
                        .append(finding.at())
                        .append(": ")
                        .append(clean(finding.what()))
                        .append(": ")
                        .append(clean(finding.note()))
                        .append('\n'));
            }
        }
        return out.toString();
    }

    /// The fate in words.
    static String word(Finding.Fate fate) {
        return switch (fate) {
            case READ -> "read";
            case ASSUMED -> "assumed";
            case LEFT_OUT -> "left out";
        };
    }

    /// Without what a terminal would obey.
    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
