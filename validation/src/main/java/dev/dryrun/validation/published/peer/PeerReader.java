// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.peer;

import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/// Reads lines of predictions and reports every cell that is wrong.
final class PeerReader {
    private static final List<String> TIMES = List.of("predicted", "predicted_time_s", "predicted_step_s");
    private static final String MEMORY = "predicted_memory_gib";
    private static final double GIB = 0x1p30;

    private final String file;
    private final Set<String> ids;
    private final List<TableProblem> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    PeerReader(String file, Set<String> ids) {
        this.file = file;
        this.ids = ids;
    }

    List<PeerPrediction> read(List<CsvLines.Line> lines) {
        List<String> header = lines.isEmpty()
                ? List.of()
                : lines.getFirst().cells().stream()
                        .map(cell -> cell.toLowerCase(Locale.ROOT))
                        .toList();
        int time = TIMES.stream()
                .mapToInt(header::indexOf)
                .filter(index -> index >= 0)
                .findFirst()
                .orElse(-1);
        if (!header.contains("id") || time < 0) {
            problems.add(new TableProblem(
                    file, 1, "", "a header without id and predicted", "id,predicted and what else there is", ""));
        }
        var predictions = new ArrayList<PeerPrediction>();
        if (problems.isEmpty()) {
            for (CsvLines.Line line : lines.subList(1, lines.size())) {
                line(line, header, header.get(time), predictions);
            }
        }
        if (!problems.isEmpty()) {
            throw new UnreadableTable(problems);
        }
        return predictions;
    }

    private void line(CsvLines.Line line, List<String> header, String time, List<PeerPrediction> predictions) {
        String id = cell(line, header, "id");
        String stated = cell(line, header, "peer");
        String peer = stated.isEmpty() ? fileName() : stated;
        if (!ids.contains(id)) {
            problem(line, "id", id, "the id of a row of the table", Nearest.quoted(id, List.copyOf(ids)));
        } else if (!seen.add(peer + "\n" + id)) {
            problem(line, "id", id, "there once for each peer", "");
        }
        OptionalDouble seconds = number(line, time, cell(line, header, time));
        String memory = cell(line, header, MEMORY);
        OptionalDouble gib = memory.isEmpty() ? OptionalDouble.empty() : number(line, MEMORY, memory);
        if (seconds.isPresent()) {
            OptionalDouble bytes =
                    gib.isPresent() ? OptionalDouble.of(gib.getAsDouble() * GIB) : OptionalDouble.empty();
            predictions.add(new PeerPrediction(peer, id, seconds.getAsDouble(), bytes));
        }
    }

    private OptionalDouble number(CsvLines.Line line, String column, String cell) {
        try {
            double value = Double.parseDouble(cell);
            if (value > 0 && value < Double.POSITIVE_INFINITY) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException notANumber) {
            // told below, as is one that is not above 0
        }
        problem(line, column, cell, "a number above 0", "");
        return OptionalDouble.empty();
    }

    private void problem(CsvLines.Line line, String column, String cell, String expected, String remedy) {
        String found = cell.isEmpty() ? "empty" : "\"" + cell + "\"";
        problems.add(new TableProblem(file, line.number(), column, found, expected, remedy));
    }

    private static String cell(CsvLines.Line line, List<String> header, String column) {
        int index = header.indexOf(column);
        return index < 0 || index >= line.cells().size() ? "" : line.cells().get(index);
    }

    private String fileName() {
        return file.replaceFirst("^.*[/\\\\]", "").replaceFirst("\\.csv$", "");
    }
}
