// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.docs;

import java.util.List;

/// A table of Markdown while it is written.
final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();

    private MarkdownTable() {}

    static MarkdownTable of(String first, List<String> others) {
        var table = new MarkdownTable();
        table.row(first, others);
        table.text.append("|---".repeat(others.size() + 1)).append("|\n");
        return table;
    }

    void row(String first, List<String> others) {
        text.append("| ").append(first);
        others.forEach(cell -> text.append(cell.isEmpty() ? " | " : " | " + cell));
        text.append(" |\n");
    }

    String text() {
        return text.toString();
    }
}
