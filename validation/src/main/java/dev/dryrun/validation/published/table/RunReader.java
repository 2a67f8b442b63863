// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import dev.dryrun.hardware.catalog.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads rows of measured runs and reports every cell that is not of its column's kind.
final class RunReader {
    private final String file;
    private final List<TableProblem> problems = new ArrayList<>();

    private RunReader(String file) {
        this.file = file;
    }

    static List<MeasuredRun> read(String file, InputStream stream) throws IOException {
        return new RunReader(file).rows(CsvLines.read(file, stream));
    }

    private List<MeasuredRun> rows(List<CsvLines.Line> lines) {
        var runs = new ArrayList<MeasuredRun>();
        if (lines.isEmpty()) {
            problems.add(new TableProblem(file, 1, "", "nothing stands here", "a header with column names", ""));
        } else {
            List<@Nullable Column> columns = header(lines.getFirst());
            if (problems.isEmpty()) {
                lines.subList(1, lines.size()).forEach(line -> runs.add(row(line, columns)));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnreadableTable(problems);
        }
        return runs;
    }

    /// Columns by position; null where the header names something else, which is left alone.
    private List<@Nullable Column> header(CsvLines.Line line) {
        var columns = new ArrayList<@Nullable Column>();
        var unknown = new ArrayList<String>();
        for (String name : line.cells()) {
            String wanted = name.toLowerCase(Locale.ROOT);
            Column column = Arrays.stream(Column.values())
                    .filter(candidate -> candidate.header().equals(wanted))
                    .findFirst()
                    .orElse(null);
            if (column != null && columns.contains(column)) {
                problems.add(new TableProblem(file, line.number(), "", "column " + name + " twice", "named once", ""));
            }
            columns.add(column);
            if (column == null) {
                unknown.add(name);
            }
        }
        for (Column column : Column.values()) {
            if (column.required() && !columns.contains(column)) {
                String near = Nearest.quoted(column.header(), unknown);
                String remedy = near.isEmpty() ? "" : near + " is meant for it";
                problems.add(new TableProblem(
                        file, line.number(), "", "the header without " + column.header(), "one that names it", remedy));
            }
        }
        return columns;
    }

    private MeasuredRun row(CsvLines.Line line, List<@Nullable Column> columns) {
        var cells = new EnumMap<Column, String>(Column.class);
        if (line.cells().size() > columns.size()) {
            problems.add(new TableProblem(
                    file, line.number(), "", line.cells().size() + " cells", columns.size() + " as in the header", ""));
        }
        for (int i = 0; i < Math.min(columns.size(), line.cells().size()); i++) {
            Column column = columns.get(i);
            String cell = line.cells().get(i);
            if (column == null || cell.isEmpty()) {
                continue;
            }
            if (column.kind().accepts(cell)) {
                cells.put(column, cell);
            } else {
                String expected = column.kind().expected();
                problems.add(new TableProblem(file, line.number(), column.header(), quote(cell), expected, ""));
            }
        }
        requireFilled(line, cells);
        return new MeasuredRun(file, line.number(), cells);
    }

    private void requireFilled(CsvLines.Line line, EnumMap<Column, String> cells) {
        for (Column column : Column.values()) {
            boolean needed = column.required() || (column == Column.VALUE && !"OOM".equals(cells.get(Column.METRIC)));
            boolean alreadyReported = problems.stream()
                    .anyMatch(problem ->
                            problem.line() == line.number() && problem.column().equals(column.header()));
            if (needed && !cells.containsKey(column) && !alreadyReported) {
                String expected = column.kind().expected();
                problems.add(new TableProblem(file, line.number(), column.header(), "empty", expected, ""));
            }
        }
    }

    private static String quote(String cell) {
        return "\"" + cell + "\"";
    }
}
