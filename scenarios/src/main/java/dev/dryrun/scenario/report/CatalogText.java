// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The catalog's entries as a list for a person.
public final class CatalogText {
    private CatalogText() {}

    public static String write(List<Facts> entries, Paper paper) {
        var out = new StringBuilder();
        String kind = "";
        int onRuns = 0;
        int width =
                entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        for (Facts entry : entries) {
            if (!entry.kind().equals(kind)) {
                kind = entry.kind();
                out.append(paper.bold(kind)).append('\n');
            }
            String line = String.format(
                    Locale.ROOT, "  %-" + width + "s  %-10s %s", entry.name(), entry.date(), entry.title());
            out.append(line.stripTrailing()).append('\n');
            if (!entry.figuresByStatus().isEmpty()) {
                out.append(" ".repeat(width + 4))
                        .append(paper.dim(statuses(entry)))
                        .append('\n');
            }
            onRuns += entry.fittedOnRuns();
        }
        out.append(onRuns == 0 ? "No constant was" : onRuns == 1 ? "1 constant was" : onRuns + " constants were")
                .append(" fitted on whole training runs; all others come from data sheets, counts and smaller")
                .append(" measurements.\n");
        return out.toString();
    }

    private static String statuses(Facts entry) {
        return entry.figuresByStatus().entrySet().stream()
                .map(status -> status.getValue() + " " + status.getKey())
                .collect(Collectors.joining(", "));
    }
}
