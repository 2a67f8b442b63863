// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Measured runs in the order of their files; ids are unique.
///
/// @param runs the rows
public record RunTable(List<MeasuredRun> runs) {
    private static final List<String> BUILT_IN = List.of("training.csv", "training-vtrain.csv", "training-simumax.csv");
    private static final String FOLDER = "/dev/dryrun/validation/published/";

    public RunTable {
        runs = List.copyOf(runs);
    }

    /// The published runs that are part of the project; where they come from stands in the README beside them.
    public static RunTable builtIn() {
        var runs = new ArrayList<MeasuredRun>();
        for (String name : BUILT_IN) {
            try (InputStream stream = RunTable.class.getResourceAsStream(FOLDER + name)) {
                if (stream == null) {
                    throw new IllegalStateException("resource " + FOLDER + name + " is missing");
                }
                runs.addAll(RunReader.read(name, stream));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return unique(runs);
    }

    /// The rows of files with the same columns; a column may be missing unless every row needs it.
    ///
    /// @throws UnreadableTable with all problems of all files
    public static RunTable read(List<Path> files) {
        var runs = new ArrayList<MeasuredRun>();
        var problems = new ArrayList<TableProblem>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                problems.add(new TableProblem(file.toString(), 0, "", "a folder", "a CSV file", file + "/runs.csv"));
                continue;
            }
            try (InputStream stream = Files.newInputStream(file)) {
                runs.addAll(RunReader.read(file.toString(), stream));
            } catch (UnreadableTable unreadable) {
                problems.addAll(unreadable.problems());
            } catch (NoSuchFileException missing) {
                problems.add(new TableProblem(file.toString(), 0, "", "this file does not exist", "a CSV file", ""));
            } catch (IOException unreadable) {
                problems.add(new TableProblem(file.toString(), 0, "", "this file cannot be read", "a CSV file", ""));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnreadableTable(problems);
        }
        return unique(runs);
    }

    private static RunTable unique(List<MeasuredRun> runs) {
        var problems = new ArrayList<TableProblem>();
        var seen = new LinkedHashMap<String, MeasuredRun>();
        for (MeasuredRun run : runs) {
            MeasuredRun first = seen.putIfAbsent(run.id(), run);
            if (first != null) {
                problems.add(new TableProblem(
                        run.file(),
                        run.line(),
                        Column.ID.header(),
                        "\"" + run.id() + "\", which " + first.file() + ":" + first.line() + " has too",
                        "unique",
                        ""));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnreadableTable(problems);
        }
        return new RunTable(runs);
    }

    /// Families in order of first appearance.
    public List<String> families() {
        return runs.stream().map(MeasuredRun::family).distinct().toList();
    }
}
