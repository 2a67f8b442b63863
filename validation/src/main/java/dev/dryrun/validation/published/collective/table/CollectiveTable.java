// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.table;

import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Measured collectives in the order of their files.
///
/// @param rows the rows
public record CollectiveTable(List<MeasuredCollective> rows) {
    private static final String BUILT_IN = "collectives.csv";
    private static final String FOLDER = "/dev/dryrun/validation/collectives/";
    private static final String RULE = "a table of collectives (docs/models/collectives.md names the forms)";

    public CollectiveTable {
        rows = List.copyOf(rows);
    }

    /// The published sweeps that are part of the project; where they come from stands in the README beside them.
    public static CollectiveTable builtIn() {
        try (InputStream stream = CollectiveTable.class.getResourceAsStream(FOLDER + BUILT_IN)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + FOLDER + BUILT_IN + " is missing");
            }
            List<CsvLines.Line> lines = CsvLines.read(BUILT_IN, stream);
            var problems = new ArrayList<TableProblem>();
            List<MeasuredCollective> rows = new SweepTable().rows(BUILT_IN, lines, problems);
            refuseIfAny(problems);
            return new CollectiveTable(rows);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The rows of files of any known form, and of all such files in folders and the folders in them.
    ///
    /// @throws UnreadableTable with all problems of all files
    public static CollectiveTable read(List<Path> places) {
        var rows = new ArrayList<MeasuredCollective>();
        var problems = new ArrayList<TableProblem>();
        for (Path place : places) {
            int before = rows.size() + problems.size();
            boolean folder = Files.isDirectory(place);
            for (Path file : folder ? tablesIn(place, problems) : List.of(place)) {
                rows.addAll(readFile(file, folder, problems));
            }
            if (rows.size() + problems.size() == before) {
                problems.add(new TableProblem(place.toString(), 0, "", "nothing in it", RULE, ""));
            }
        }
        refuseIfAny(problems);
        return new CollectiveTable(rows);
    }

    private static void refuseIfAny(List<TableProblem> problems) {
        if (!problems.isEmpty()) {
            throw new UnreadableTable(problems);
        }
    }

    private static List<Path> tablesIn(Path folder, List<TableProblem> problems) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            problems.add(new TableProblem(folder.toString(), 0, "", "this folder cannot be read", RULE, ""));
            return List.of();
        }
    }

    /// @param others whether files of other forms may stand there, and are left alone
    private static List<MeasuredCollective> readFile(Path path, boolean others, List<TableProblem> problems) {
        String file = path.toString();
        List<CsvLines.Line> lines;
        try (InputStream stream = Files.newInputStream(path)) {
            lines = CsvLines.read(file, stream);
        } catch (UnreadableTable unreadable) {
            if (!others) {
                problems.addAll(unreadable.problems());
            }
            return List.of();
        } catch (NoSuchFileException missing) {
            problems.add(new TableProblem(file, 0, "", "this file does not exist", RULE, ""));
            return List.of();
        } catch (IOException unreadable) {
            problems.add(new TableProblem(file, 0, "", "this file cannot be read", RULE, ""));
            return List.of();
        }
        for (TableForm form : TableForm.ALL) {
            if (!lines.isEmpty() && form.has(lines.getFirst().cells())) {
                var own = new ArrayList<TableProblem>();
                List<MeasuredCollective> rows = form.rows(file, lines, own);
                problems.addAll(own);
                return rows;
            }
        }
        if (!others) {
            problems.add(new TableProblem(file, 0, "", "this file", RULE, ""));
        }
        return List.of();
    }
}
