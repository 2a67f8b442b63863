// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One row of a comma-separated file addressed by column name.
record CsvRow(Path path, int line, Map<String, Integer> columns, String[] cells) {

    /// Rows below a header in the first line.
    static List<CsvRow> readAll(Path path) throws IOException {
        return readAll(path, 1);
    }

    /// Rows below a header in the given line, 1 being the first.
    static List<CsvRow> readAll(Path path, int headerLine) throws IOException {
        List<String> lines = Files.readAllLines(path);
        var columns = new HashMap<String, Integer>();
        String[] names = split(lines.get(headerLine - 1));
        for (int i = 0; i < names.length; i++) {
            columns.putIfAbsent(names[i].strip(), i);
        }
        var rows = new ArrayList<CsvRow>();
        for (int i = headerLine; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(new CsvRow(path, i + 1, columns, split(lines.get(i))));
            }
        }
        return rows;
    }

    private static String[] split(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells.toArray(String[]::new);
    }

    /// The cell, "" where the row or the table has none.
    String text(String column) {
        Integer index = columns.get(column);
        return index == null || index >= cells.length ? "" : cells[index].strip();
    }

    /// The number in the cell, NaN where it is empty.
    double number(String column) {
        String text = text(column);
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s line %d: %s is '%s', not a number".formatted(path, line, column, text), e);
        }
    }

    /// The whole number in the cell.
    long integer(String column) {
        double value = number(column);
        if (Double.isNaN(value) || value != Math.rint(value)) {
            throw new IllegalArgumentException(
                    "%s line %d: %s is '%s', not a whole number".formatted(path, line, column, text(column)));
        }
        return (long) value;
    }
}
