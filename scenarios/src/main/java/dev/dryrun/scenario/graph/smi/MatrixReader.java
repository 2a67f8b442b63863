// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.smi;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.scenario.graph.GraphSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds a matrix in what a program printed: a line of names of devices, and below it a line for each.
final class MatrixReader {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern FIRST = Pattern.compile("GPU\\d+");
    private static final Pattern END = Pattern.compile("CPU|NUMA|GPU(?!\\d)");
    /// Numbers of processors, which stand behind the cells: `0-19,40-59`.
    private static final Pattern AFFINITY = Pattern.compile("\\d+[-,][\\d,-]+|N/A");
    private static final int MOST = 1024;

    private final GraphSource source;
    private final List<String> lines;

    /// @param lines of the file, without the codes of a terminal
    MatrixReader(GraphSource source, List<String> lines) {
        this.source = source;
        this.lines = lines;
    }

    /// The first matrix from a line on; null where there is none or it is ragged, the latter of which is told.
    @Nullable
    Matrix from(int first) {
        int at = first;
        while (at < lines.size() && !isHead(lines.get(at))) {
            at++;
        }
        if (at == lines.size()) {
            return null;
        }
        List<String> devices = devices(words(at));
        if (devices.size() > MOST) {
            source.wrong(place(at, 0), "", devices.size() + " devices wide", "must have at most " + MOST, "");
            return null;
        }
        for (int i = 0; i < devices.size(); i++) {
            if (devices.indexOf(devices.get(i)) < i) {
                source.wrong(words(at).get(i).at(), "", "with two columns " + devices.get(i), "must have one", "");
                return null;
            }
        }
        List<Matrix.Row> rows = new ArrayList<>();
        boolean sound = true;
        for (int i = 0; i < devices.size(); i++) {
            do {
                at++;
            } while (at < lines.size() && lines.get(at).isBlank());
            Matrix.Row row = at < lines.size() ? row(at, devices, i) : null;
            if (at >= lines.size()) {
                source.wrong(
                        place(lines.size() - 1, 0), "", "without a row of " + devices.get(i), "must be square", "");
                return null;
            }
            sound &= row != null;
            if (row != null) {
                rows.add(row);
            }
        }
        return sound ? new Matrix(List.copyOf(devices), List.copyOf(rows)) : null;
    }

    private Matrix.@Nullable Row row(int line, List<String> devices, int number) {
        List<Matrix.Word> words = words(line);
        String device = devices.get(number);
        if (words.isEmpty() || !words.getFirst().text().equals(device)) {
            String found =
                    words.isEmpty() ? "an empty line" : "\"" + words.getFirst().text() + "\"";
            source.wrong(place(line, 0), "row " + (number + 1), found, "must be that of " + device, "");
            return null;
        }
        int columns = devices.size();
        int cells = 0;
        while (cells + 1 < words.size()
                && !AFFINITY.matcher(words.get(cells + 1).text()).matches()) {
            cells++;
        }
        if (cells < columns) {
            source.wrong(
                    place(line, lines.get(line).length()),
                    "row " + device,
                    cells + " words long",
                    "must have one for each of " + columns + " columns",
                    "");
            return null;
        }
        return new Matrix.Row(
                words.getFirst().at(),
                List.copyOf(words.subList(1, columns + 1)),
                List.copyOf(words.subList(columns + 1, words.size())));
    }

    private static boolean isHead(String line) {
        Matcher matcher = WORD.matcher(line);
        return matcher.find()
                && FIRST.matcher(matcher.group()).matches()
                && (!matcher.find() || FIRST.matcher(matcher.group()).matches() || !isCell(matcher.group()));
    }

    /// Words of a row rather than of the line of names.
    private static boolean isCell(String word) {
        return word.matches("X|0|NV\\d+|PIX|PXB|PHB|NODE|SYS|SOC|XGMI|PCIE|\\d+");
    }

    private static List<String> devices(List<Matrix.Word> words) {
        List<String> devices = new ArrayList<>();
        for (Matrix.Word word : words) {
            if (END.matcher(word.text()).matches()) {
                break;
            }
            devices.add(word.text());
        }
        return devices;
    }

    private List<Matrix.Word> words(int line) {
        List<Matrix.Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(lines.get(line));
        while (matcher.find()) {
            words.add(new Matrix.Word(matcher.group(), place(line, matcher.start())));
        }
        return words;
    }

    private Position place(int line, int column) {
        return new Position(source.name(), Math.max(0, line) + 1, column + 1);
    }
}
