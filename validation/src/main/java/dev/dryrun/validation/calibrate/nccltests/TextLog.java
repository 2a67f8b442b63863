// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

import dev.dryrun.hardware.catalog.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What benchmarks print, line by line, with whatever else went to the same file.
final class TextLog {
    private static final Pattern STARTING =
            Pattern.compile("#\\s*Collective test starting:\\s*(?:\\S*/)?(\\w+?)_perf\\S*");
    private static final Pattern VERSION = Pattern.compile("#\\s*[nr]ccl-tests version .*");
    private static final Pattern PARAMETERS =
            Pattern.compile("#\\s*nThreads?:?\\s+(\\d{1,4})\\s+nGpus:?\\s+(\\d{1,4})\\s+minBytes.*");
    private static final Pattern MEMBER =
            Pattern.compile("#\\s*Rank\\s+(\\d{1,7})\\s+(?:Group\\s+(\\d{1,7})\\s+)?Pid\\s+(\\d{1,9})\\s+on\\s+(\\S+)"
                    + "\\s+device\\s+(\\d{1,4})\\s+\\[[^\\]]*\\]\\s*(.*)");
    private static final Pattern TITLES = Pattern.compile("#\\s+size\\s+count\\b.*");
    private static final Pattern LAST = Pattern.compile("#\\s*(?:Avg bus bandwidth|Collective test concluded)\\b.*");
    private static final Pattern FAILED = Pattern.compile("#\\s*Out of bounds values\\s*:\\s*(\\d+)\\s+FAILED.*");
    private static final Pattern COMMAND = Pattern.compile("(?:^|[\\s/\"'=])(\\w+?)_perf(?=$|[\\s\"',:])");

    private final String file;
    private final List<String> notes;
    private final List<BenchmarkRun> runs = new ArrayList<>();

    private @Nullable RunDraft current;
    private ResultColumns columns = ResultColumns.USUAL;
    private String command = "";
    private ResultColumns.@Nullable Row begun;
    private int begunLine;

    private TextLog(String file, List<String> notes) {
        this.file = file;
        this.notes = notes;
    }

    /// The runs of a log.
    ///
    /// @param notes takes what is left out or incomplete, with its place
    static List<BenchmarkRun> read(String file, String text, List<String> notes) {
        var log = new TextLog(file, notes);
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            log.line(LogLine.bare(line), ++number);
        }
        log.close();
        return log.runs;
    }

    private void line(String line, int number) {
        if (line.stripLeading().startsWith("#")) {
            remark(line.strip(), number);
            return;
        }
        Optional<ResultColumns.Row> row = columns.row(line);
        if (row.isPresent()) {
            row(row.get(), number);
            return;
        }
        List<String> rest = begun == null ? List.of() : columns.rest(line);
        if (begun != null && !rest.isEmpty()) {
            sample(new ResultColumns.Row(begun.before(), rest), begunLine);
            begun = null;
            return;
        }
        Matcher called = COMMAND.matcher(line);
        if (called.find()) {
            command = called.group(1);
        }
    }

    private void remark(String line, int number) {
        Matcher starting = STARTING.matcher(line);
        if (starting.matches()) {
            begin(number, starting.group(1));
            return;
        }
        Matcher parameters = PARAMETERS.matcher(line);
        if (parameters.matches()) {
            if (current == null || current.hasBegun()) {
                begin(number, "");
            }
            draft(number).parameters(Integer.parseInt(parameters.group(1)), Integer.parseInt(parameters.group(2)));
            return;
        }
        Matcher member = MEMBER.matcher(line);
        if (member.matches()) {
            String group = member.group(2);
            draft(number)
                    .add(new Member(
                            Integer.parseInt(member.group(1)),
                            group == null ? 0 : Integer.parseInt(group),
                            Integer.parseInt(member.group(3)),
                            member.group(4),
                            Integer.parseInt(member.group(5)),
                            member.group(6).strip()));
        } else if (TITLES.matcher(line).matches()) {
            columns = ResultColumns.titled(line);
        } else if (LAST.matcher(line).matches() && current != null) {
            current.ends();
        } else {
            otherRemark(line, number);
        }
    }

    private void otherRemark(String line, int number) {
        Matcher failed = FAILED.matcher(line);
        if (failed.matches()) {
            notes.add(
                    place(number) + ": " + failed.group(1) + " values are out of bounds by the benchmark's own check");
        } else if (VERSION.matcher(line).matches() && current != null && current.hasBegun()) {
            close();
        }
    }

    private void begin(int number, String collective) {
        close();
        current = new RunDraft(at(number), collective.isEmpty() ? command : collective);
        command = "";
        columns = ResultColumns.USUAL;
    }

    private RunDraft draft(int number) {
        if (current == null || current.isComplete()) {
            begin(number, "");
        }
        if (current == null) {
            throw new IllegalStateException("no run at " + place(number));
        }
        return current;
    }

    private void row(ResultColumns.Row row, int number) {
        tellCutOff();
        if (row.values().isEmpty()) {
            begun = row;
            begunLine = number;
        } else {
            sample(row, number);
        }
    }

    private void sample(ResultColumns.Row row, int number) {
        RunDraft run = draft(number);
        Optional<Sample> sample = columns.sample(at(number), row);
        if (sample.isPresent()) {
            run.add(sample.get());
            run.date(columns.date(row));
        } else {
            notes.add(place(number) + ": left out: no bytes or no time in this row");
        }
    }

    private void tellCutOff() {
        if (begun != null) {
            notes.add(place(begunLine) + ": left out: this row is cut off");
            begun = null;
        }
    }

    private void close() {
        tellCutOff();
        if (current == null) {
            return;
        }
        if (current.sizes() > 0) {
            if (!current.isComplete()) {
                notes.add(current.at() + ": this run has no end; its " + current.sizes() + " sizes count");
            }
            runs.add(current.run());
        } else if (current.hasBegun()) {
            notes.add(current.at() + ": this run has no results");
        }
        current = null;
    }

    private Position at(int number) {
        return new Position(file, number, 1);
    }

    private String place(int number) {
        return at(number).toString();
    }
}
