// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.validation.published.table.TableProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads output of nccl-tests and rccl-tests as launchers leave it.
///
/// What a line is shows in the line: `#` begins headers, lists of devices and the names of columns; a row is two whole
/// numbers and as many further words as there are columns. Prefixes of launchers (`[1,0]<stdout>:`, `0: `) are taken
/// off; other lines (messages of the library and of launchers) are passed over. Columns are taken by their names, as
/// their number differs between versions. Format: NVIDIA/nccl-tests, src/common.cu, and ROCm/rccl-tests.
final class NcclTestsReader {
    private static final Pattern PREFIX =
            Pattern.compile("^(?:\\s*\\[\\d+,\\d+](?:<std(?:out|err)>)?:\\s?|\\s*\\d+:\\s(?=\\s*[#\\d]))");
    private static final Pattern PROGRAM =
            Pattern.compile("(all_reduce|all_gather|reduce_scatter|alltoall|broadcast|reduce|sendrecv)_perf");
    private static final Pattern THREADS = Pattern.compile("#\\s*nThreads?:?\\s+(\\d+)\\s+nGpus:?\\s+(\\d+).*");
    private static final Pattern DEVICE = Pattern.compile(
            "#\\s*Rank\\s+(\\d+)\\s+(?:Group\\s+\\d+\\s+)?Pid\\s+(\\d+)\\s+on\\s+(\\S+)\\s+device\\s+\\d+\\s+\\[[^\\]]*]\\s+(.+?)\\s*");
    private static final Pattern ROW = Pattern.compile("\\s*\\d+\\s+\\d+\\s+[a-z_][\\w]*\\s.*");
    private static final Pattern ROW_BEGUN = Pattern.compile("\\s*\\d+\\s+\\d+(\\s+[a-z_][\\w]*)?(\\s.*)?");
    private static final double MICROSECONDS = 1e-6;

    private final String file;
    private final List<NcclTestsLog> runs = new ArrayList<>();
    private final List<TableProblem> problems;
    private final List<String> notes;
    private RunBegun run = new RunBegun(1);
    private List<String> columns = List.of();

    private NcclTestsReader(String file, List<TableProblem> problems, List<String> notes) {
        this.file = file;
        this.problems = problems;
        this.notes = notes;
    }

    /// All runs of a log that have a row.
    ///
    /// @param problems takes up what is wrong
    /// @param notes takes up what was left out, for people
    static List<NcclTestsLog> read(String file, List<String> lines, List<TableProblem> problems, List<String> notes) {
        var reader = new NcclTestsReader(file, problems, notes);
        for (int i = 0; i < lines.size(); i++) {
            reader.line(i + 1, PREFIX.matcher(lines.get(i)).replaceFirst(""));
        }
        reader.endRun(lines.size() + 1);
        if (reader.runs.isEmpty() && problems.isEmpty()) {
            problems.add(new TableProblem(
                    file, 0, "", "no row of nccl-tests", "output of a program such as all_reduce_perf", ""));
        }
        return List.copyOf(reader.runs);
    }

    private void line(int number, String text) {
        Matcher program = PROGRAM.matcher(text);
        if (program.find() && !text.matches("\\s*\\d.*")) {
            if (run.hasRows()) {
                endRun(number);
            }
            run.collective = program.group(1);
        }
        Matcher threads = THREADS.matcher(text.strip());
        Matcher device = DEVICE.matcher(text.strip());
        if (threads.matches()) {
            if (run.hasRows()) {
                endRun(number);
            }
            run.gpusOfThread = number(threads.group(1)) * number(threads.group(2));
        } else if (device.matches()) {
            run.device(Integer.parseInt(device.group(1)), device.group(2), device.group(3), device.group(4));
        } else if (text.strip().startsWith("#") && text.contains("busbw") && text.contains("algbw")) {
            columns = Arrays.asList(text.strip().replaceFirst("#+\\s*", "").split("\\s+"));
        } else if (ROW.matcher(text).matches()
                || (!columns.isEmpty() && ROW_BEGUN.matcher(text).matches())) {
            row(number, text.strip());
        }
    }

    private static int number(String digits) {
        return (int) Math.min(1 << 20, Long.parseLong(digits.substring(0, Math.min(9, digits.length()))));
    }

    private void row(int number, String text) {
        String[] words = text.split("\\s+");
        if (columns.isEmpty()) {
            problems.add(problem(number, "a row before the names of its columns", "below a header with size and time"));
            return;
        }
        if (words.length != columns.size()) {
            notes.add("%s:%d: %d words for %d columns, left out (a log that was cut?)"
                    .formatted(file, number, words.length, columns.size()));
            return;
        }
        Optional<Double> micros = timeOf(words);
        double bytes = size(words);
        if (micros.isEmpty()) {
            notes.add(file + ":" + number + ": no time, left out");
        } else if (!(micros.get() > 0) || !(bytes >= 0)) {
            problems.add(problem(number, "a time of " + micros.get() + " us", "positive"));
        } else if (bytes == 0) {
            notes.add(file + ":" + number + ": a size of 0, left out");
        } else {
            run.add(number, bytes, micros.get() * MICROSECONDS);
        }
    }

    private double size(String[] words) {
        int at = columns.indexOf("size");
        String word = at < 0 ? words[0] : words[at];
        return word.matches("\\d{1,18}") ? Double.parseDouble(word) : -1;
    }

    /// The first of the columns `time` that has a number: out of place, then in place.
    private Optional<Double> timeOf(String[] words) {
        for (int i = 0; i < words.length; i++) {
            if (columns.get(i).equals("time") && words[i].matches("\\d{1,12}(\\.\\d{1,12})?([eE][+-]?\\d{1,2})?")) {
                return Optional.of(Double.parseDouble(words[i]));
            }
        }
        return Optional.empty();
    }

    private TableProblem problem(int number, String found, String expected) {
        return new TableProblem(file, number, "", found, expected, "");
    }

    private void endRun(int nextLine) {
        if (run.hasRows()) {
            String collective = run.collective.isEmpty() ? byName() : run.collective;
            runs.add(run.log(file, collective));
        }
        run = new RunBegun(nextLine);
        columns = List.of();
    }

    /// The collective that the file's name has, for logs without the program's.
    private String byName() {
        String name = file.toLowerCase(Locale.ROOT).replace('-', '_').replaceFirst(".*[/\\\\]", "");
        Matcher matcher = Pattern.compile(
                        "(all_?reduce|all_?gather|reduce_?scatter|all_?to_?all|broadcast|reduce|send_?recv)")
                .matcher(name);
        if (!matcher.find()) {
            return "";
        }
        return switch (matcher.group(1).replace("_", "")) {
            case "allreduce" -> "all_reduce";
            case "allgather" -> "all_gather";
            case "reducescatter" -> "reduce_scatter";
            case "alltoall" -> "alltoall";
            case "broadcast" -> "broadcast";
            case "sendrecv" -> "sendrecv";
            default -> "reduce";
        };
    }
}
