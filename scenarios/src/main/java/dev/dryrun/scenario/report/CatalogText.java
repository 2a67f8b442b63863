// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The catalog's entries as a list for a person: a line each, families by size.
public final class CatalogText {
    private CatalogText() {}

    public static String write(List<Facts> entries, Paper paper) {
        var out = new StringBuilder();
        String kind = "";
        int onRuns = 0;
        int width =
                entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        List<Facts> sorted = entries.stream()
                .sorted(Comparator.comparing(Facts::kind).thenComparing(Facts::name, NamesBySize.ORDER))
                .toList();
        for (Facts entry : sorted) {
            if (!entry.kind().equals(kind)) {
                kind = entry.kind();
                out.append(paper.bold(kind)).append('\n');
            }
            boolean digested = !entry.digest().text().isEmpty();
            String line = String.format(
                    Locale.ROOT,
                    "  %-" + width + "s  %s",
                    entry.name(),
                    (digested ? entry.digest().text() : entry.title()) + (entry.ofUser() ? " (yours)" : ""));
            out.append(line.stripTrailing()).append('\n');
            if (!digested && !entry.figuresByStatus().isEmpty()) {
                out.append(" ".repeat(width + 4))
                        .append(paper.dim("figures: " + statuses(entry)))
                        .append('\n');
            }
            onRuns += entry.fittedOnRuns();
        }
        if (onRuns > 0) {
            out.append(onRuns == 1 ? "1 constant was" : onRuns + " constants were")
                    .append(" fitted on whole training runs; all others come from data sheets, counts and\n")
                    .append("smaller measurements. dryrun catalog KIND NAME shows where each figure comes from.\n");
        }
        return out.toString();
    }

    /// One entry with all that its file says, and above that what follows from it.
    public static String show(Facts entry, String file, Paper paper) {
        var out = new StringBuilder();
        out.append(paper.bold(entry.name())).append("  ").append(entry.title()).append('\n');
        String below = below(entry);
        if (!below.isEmpty()) {
            out.append(paper.dim(below)).append('\n');
        }
        return out.append('\n').append(file).toString();
    }

    private static String below(Facts entry) {
        String figures = entry.figuresByStatus().isEmpty() ? "" : "figures: " + statuses(entry);
        return Stream.of(entry.digest().text(), figures)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String statuses(Facts entry) {
        return entry.figuresByStatus().entrySet().stream()
                .map(status -> status.getValue() + " " + status.getKey())
                .collect(Collectors.joining(", "));
    }
}
