// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.table;

import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// The cells of one record by column name; what is wrong with one becomes a problem and reads as 1.
final class Cells {
    private final String file;
    private final List<String> header;
    private final CsvLines.Line line;
    private final List<TableProblem> problems;

    Cells(String file, List<String> header, CsvLines.Line line, List<TableProblem> problems) {
        this.file = file;
        this.header = header;
        this.line = line;
        this.problems = problems;
    }

    int line() {
        return line.number();
    }

    /// The cell; empty where the table or the record has none.
    String text(String column) {
        int index = header.indexOf(column);
        return index < 0 || index >= line.cells().size() ? "" : line.cells().get(index);
    }

    /// A cell that must not be empty.
    String required(String column) {
        if (text(column).isEmpty()) {
            problem(column, "empty", "filled", "");
        }
        return text(column);
    }

    /// A number above 0.
    double positive(String column) {
        OptionalDouble number = number(text(column));
        if (number.isEmpty() || !(number.getAsDouble() > 0)) {
            problem(column, quoted(column), "a number above 0", "");
            return 1;
        }
        return number.getAsDouble();
    }

    /// A number above 0, or nothing.
    OptionalDouble positiveIfStated(String column) {
        return text(column).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(positive(column));
    }

    /// A whole number above 0.
    int count(String column) {
        if (!text(column).matches("0*[1-9][0-9]{0,8}")) {
            problem(column, quoted(column), "a whole number from 1 to 999999999", "");
            return 1;
        }
        return Integer.parseInt(text(column));
    }

    /// One of the names of an enum, in lower case with hyphens; the first where the cell is empty.
    <E extends Enum<E>> E choice(String column, Class<E> type) {
        E[] constants = type.getEnumConstants();
        if (text(column).isEmpty()) {
            return constants[0];
        }
        var names = new StringBuilder();
        for (E constant : constants) {
            String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(text(column))) {
                return constant;
            }
            names.append(names.isEmpty() ? "" : ", ").append(name);
        }
        problem(column, quoted(column), "one of " + names, "");
        return constants[0];
    }

    void problem(String column, String found, String expected, String remedy) {
        problems.add(new TableProblem(file, line.number(), column, found, expected, remedy));
    }

    private String quoted(String column) {
        return text(column).isEmpty() ? "empty" : "\"" + text(column) + "\"";
    }

    private static OptionalDouble number(String cell) {
        if (!cell.matches("[+-]?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]{1,3})?")) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(cell);
        return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
