// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Measured kernels in the order of their files.
///
/// @param rows the kernels
public record KernelTable(List<MeasuredKernel> rows) {
    private static final String BUILT_IN = "kernels.csv";
    private static final String FOLDER = "/dev/dryrun/validation/kernels/";
    private static final String RULE = "a table of kernels (docs/models/kernels.md names the forms)";

    public KernelTable {
        rows = List.copyOf(rows);
    }

    /// The published kernels that are part of the project; where they come from stands in the README beside them.
    public static KernelTable builtIn() {
        try (InputStream stream = KernelTable.class.getResourceAsStream(FOLDER + BUILT_IN)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + FOLDER + BUILT_IN + " is missing");
            }
            var problems = new ArrayList<TableProblem>();
            List<MeasuredKernel> rows = csv(BUILT_IN, stream.readAllBytes(), true, problems);
            refuseIfAny(problems);
            return new KernelTable(rows);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The kernels of files of any known form, and of all such files in folders and the folders in them.
    ///
    /// @throws UnreadableTable with all problems of all files
    public static KernelTable read(List<Path> places) {
        var problems = new ArrayList<TableProblem>();
        var rows = new ArrayList<MeasuredKernel>();
        for (Path place : places) {
            boolean folder = Files.isDirectory(place);
            for (Path file : folder ? tablesIn(place, problems) : List.of(place)) {
                rows.addAll(readFile(file, !folder, problems));
            }
        }
        refuseIfAny(problems);
        return new KernelTable(rows);
    }

    private static List<Path> tablesIn(Path folder, List<TableProblem> problems) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(csv|json)") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            problems.add(new TableProblem(folder.toString(), 0, "", "this folder cannot be read", RULE, ""));
            return List.of();
        }
    }

    /// @param asked whether the file was named, and not found in a folder, where others may stand
    private static List<MeasuredKernel> readFile(Path path, boolean asked, List<TableProblem> problems) {
        String name = String.valueOf(path.getFileName());
        try {
            byte[] bytes = Files.readAllBytes(path);
            List<MeasuredKernel> rows = name.endsWith(".json")
                    ? SimuMaxFactors.read(name, new String(bytes, StandardCharsets.UTF_8))
                    : csv(name, bytes, asked, problems);
            if (rows.isEmpty() && asked && problems.isEmpty()) {
                problems.add(new TableProblem(path.toString(), 0, "", "this file", RULE, ""));
            }
            return rows;
        } catch (IOException missing) {
            problems.add(new TableProblem(path.toString(), 0, "", "this file cannot be read", RULE, ""));
        } catch (NumberFormatException wrong) {
            if (asked) {
                problems.add(new TableProblem(path.toString(), 0, "", "this file", RULE, ""));
            }
        }
        return List.of();
    }

    private static List<MeasuredKernel> csv(String file, byte[] bytes, boolean asked, List<TableProblem> problems)
            throws IOException {
        List<CsvLines.Line> lines;
        try {
            lines = CsvLines.read(file, new ByteArrayInputStream(bytes));
        } catch (UnreadableTable unreadable) {
            if (asked) {
                problems.addAll(unreadable.problems());
            }
            return List.of();
        }
        for (KernelForm form : KernelForm.ALL) {
            if (!lines.isEmpty() && form.has(lines)) {
                return form.rows(file, lines, problems);
            }
        }
        return List.of();
    }

    private static void refuseIfAny(List<TableProblem> problems) {
        if (!problems.isEmpty()) {
            throw new UnreadableTable(problems);
        }
    }
}
