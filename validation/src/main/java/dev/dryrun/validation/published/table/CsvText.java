// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import java.util.List;
import java.util.stream.Collectors;

/// Lines of a CSV file as they are written (RFC 4180).
public final class CsvText {
    private CsvText() {}

    /// Cells with commas between them and an end of line behind; a cell is quoted where it has to be.
    public static String line(List<String> cells) {
        return cells.stream().map(CsvText::cell).collect(Collectors.joining(",", "", "\n"));
    }

    private static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
