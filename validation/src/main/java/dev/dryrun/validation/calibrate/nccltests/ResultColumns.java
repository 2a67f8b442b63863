// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

import dev.dryrun.hardware.catalog.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// Columns of a table of results: size, count, type, what the collective has of operation and root, and behind them
/// times, bandwidths and checks, once or twice.
///
/// Releases differ: operation and root may be left blank below a title, a check may be a count of wrong elements or the
/// largest deviation, and columns of single iterations and a time stamp may follow. So a row is read from its end.
///
/// @param titles of the columns from the first time on, without that of a time stamp
/// @param stamped whether a date and a time of day end each row
record ResultColumns(List<String> titles, boolean stamped) {
    /// As most releases print them; for tables whose titles are cut off.
    static final ResultColumns USUAL =
            new ResultColumns(List.of("time", "algbw", "busbw", "#wrong", "time", "algbw", "busbw", "#wrong"), false);

    private static final int FEWEST_BEFORE = 3;
    private static final int MOST_BEFORE = 5;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern TYPE = Pattern.compile("[a-z]\\w*");
    private static final String STAMP = "timestamp";

    /// What begins and what ends a row, where the benchmark was interrupted by other output.
    ///
    /// @param before size, count, type and so on
    /// @param values of the columns; empty where they are not there
    record Row(List<String> before, List<String> values) {}

    /// Columns by a line of titles, `#  size  count  type ...`.
    static ResultColumns titled(String line) {
        List<String> words = words(line.substring(line.indexOf('#') + 1));
        int first = 0;
        while (first < words.size() && !isTime(words.get(first))) {
            first++;
        }
        boolean stamped = words.contains(STAMP);
        List<String> titles = words.subList(first, words.size()).stream()
                .filter(word -> !word.equals(STAMP))
                .toList();
        return titles.isEmpty() ? USUAL : new ResultColumns(titles, stamped);
    }

    private static boolean isTime(String title) {
        return title.equals("time") || title.equals("cputime");
    }

    private static List<String> words(String line) {
        String stripped = line.strip();
        return stripped.isEmpty() ? List.of() : Arrays.asList(BLANKS.split(stripped));
    }

    /// Takes a line apart; empty where it is no row of a table, even one that is cut off.
    Optional<Row> row(String line) {
        List<String> words = new ArrayList<>(words(line));
        if (words.size() < FEWEST_BEFORE
                || !words.get(0).matches("\\d+")
                || !words.get(1).matches("\\d+")
                || !TYPE.matcher(words.get(2)).matches()) {
            return Optional.empty();
        }
        int before = words.size() - width();
        boolean whole =
                before >= FEWEST_BEFORE && before <= MOST_BEFORE && areValues(words.subList(before, words.size()));
        return Optional.of(
                whole
                        ? new Row(words.subList(0, before), words.subList(before, words.size()))
                        : new Row(words, List.of()));
    }

    /// The values of a row whose beginning came before; empty where the line is not that.
    List<String> rest(String line) {
        List<String> words = words(line);
        return words.size() == width() && areValues(words) ? words : List.of();
    }

    private int width() {
        return titles.size() + (stamped ? 2 : 0);
    }

    private boolean areValues(List<String> words) {
        return words.subList(0, titles.size()).stream()
                .allMatch(word -> word.equals("N/A") || number(word).isPresent());
    }

    /// The sample; empty where no time was taken.
    Optional<Sample> sample(Position at, Row row) {
        OptionalDouble first = seconds(row.values(), 0);
        OptionalDouble second = seconds(row.values(), 1);
        double bytes = number(row.before().getFirst()).orElse(0);
        return bytes > 0 && (first.isPresent() || second.isPresent())
                ? Optional.of(new Sample(at, bytes, first, second, wrong(row.values())))
                : Optional.empty();
    }

    /// The date that a row ends with; empty where it has none.
    String date(Row row) {
        return stamped ? row.values().get(titles.size()) : "";
    }

    private OptionalDouble seconds(List<String> values, int which) {
        int seen = 0;
        for (int i = 0; i < titles.size(); i++) {
            if (isTime(titles.get(i)) && seen++ == which) {
                OptionalDouble micros = number(values.get(i));
                return micros.isPresent() && micros.getAsDouble() > 0
                        ? OptionalDouble.of(micros.getAsDouble() * 1e-6)
                        : OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    private double wrong(List<String> values) {
        double most = 0;
        for (int i = 0; i < titles.size(); i++) {
            if (titles.get(i).equals("#wrong")) {
                most = Math.max(most, number(values.get(i)).orElse(0));
            }
        }
        return most;
    }

    private static OptionalDouble number(String word) {
        if (!word.matches("[0-9]+([.][0-9]*)?([eE][+-]?[0-9]{1,3})?")) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(word);
        return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
