// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Lines of a CSV file whose cells are addressed by the names in its header.
final class CsvTable {
    private final String file;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<CsvLines.Line> lines;
    private final List<TableProblem> problems;

    /// @param header which line names the columns, 0 being the first
    CsvTable(String file, List<CsvLines.Line> lines, int header, List<TableProblem> problems) {
        this.file = file;
        this.problems = problems;
        List<String> names = lines.get(header).cells();
        for (int i = 0; i < names.size(); i++) {
            columns.putIfAbsent(names.get(i), i);
        }
        this.lines = lines.subList(header + 1, lines.size());
    }

    List<CsvLines.Line> lines() {
        return lines;
    }

    /// The cell, "" where the line or the table has none.
    String text(CsvLines.Line line, String column) {
        Integer index = columns.get(column);
        return index == null || index >= line.cells().size() ? "" : line.cells().get(index);
    }

    /// The positive number in the cell, nothing where it is empty or wrong, which is reported.
    OptionalDouble number(CsvLines.Line line, String column) {
        String text = text(line, column);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && Double.isFinite(value)) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException wrong) {
            // told below, with the numbers that are none for other reasons
        }
        problems.add(new TableProblem(file, line.number(), column, "\"" + text + "\"", "a number of 0 or more", ""));
        return OptionalDouble.empty();
    }

    /// Whole numbers in the cells named; null where one is missing, below 1 or no whole number, which is reported.
    long @org.jspecify.annotations.Nullable [] sizes(CsvLines.Line line, String... names) {
        var sizes = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            double value = number(line, names[i]).orElse(0);
            if (value < 1 || value != Math.rint(value)) {
                problems.add(new TableProblem(
                        file,
                        line.number(),
                        names[i],
                        "\"" + text(line, names[i]) + "\"",
                        "a whole number above 0",
                        ""));
                return null;
            }
            sizes[i] = (long) value;
        }
        return sizes;
    }
}
