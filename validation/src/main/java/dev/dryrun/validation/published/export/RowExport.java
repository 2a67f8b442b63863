// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.export;

import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.MappedRun;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.measure.StepTime;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.CsvText;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/// A folder with every measured row as a scenario, and `rows.csv` with what was measured.
///
/// @param written scenarios
/// @param left rows that no scenario can say; `rows.csv` has the reasons
public record RowExport(int written, int left) {
    private static final List<String> HEADER =
            List.of("id", "file", "family", "quality", "measured_step_s", "ran_out_of_memory", "not_exported");

    /// Writes the folder; files of the same names are replaced.
    public static RowExport write(StepSimulator simulator, List<MeasuredRun> runs, Path folder) throws IOException {
        Files.createDirectories(folder);
        RunMapping mapping = simulator.mapping();
        var scenarios = new RowScenario(simulator);
        Set<String> taken = new HashSet<>();
        var table = new StringBuilder(CsvText.line(HEADER));
        int written = 0;
        for (MeasuredRun run : runs) {
            var line = new ArrayList<>(List.of(run.id(), "", run.family(), run.text(Column.QUALITY)));
            switch (mapping.map(run)) {
                case MappedRun.Skipped(String reason, var ignored) -> line.addAll(List.of("", "", reason));
                case MappedRun.Simulable(JobSketch mapped, List<String> rules) -> {
                    List<String> assumed = new ArrayList<>(rules);
                    JobSketch sketch = simulator.settle(mapped, assumed);
                    line.add(measured(run, sketch));
                    line.add(run.ranOutOfMemory() ? "yes" : "no");
                    try {
                        String yaml = scenarios.write(run, sketch, assumed);
                        String file = fileOf(run, taken);
                        Files.writeString(folder.resolve(file), yaml);
                        line.set(1, file);
                        line.add("");
                        written++;
                    } catch (IllegalArgumentException refusal) {
                        line.add(String.valueOf(refusal.getMessage()));
                    }
                }
            }
            table.append(CsvText.line(line));
        }
        Files.writeString(folder.resolve("rows.csv"), table);
        return new RowExport(written, runs.size() - written);
    }

    /// All digits, so that nothing is lost between the unit of the source and seconds.
    private static String measured(MeasuredRun run, JobSketch sketch) {
        if (run.ranOutOfMemory()) {
            return "";
        }
        OptionalDouble seconds = StepTime.seconds(run, sketch, new ArrayList<>());
        return seconds.isPresent() ? Double.toString(seconds.getAsDouble()) : "";
    }

    private static String fileOf(MeasuredRun run, Set<String> taken) {
        String bare = run.id().replaceAll("[^A-Za-z0-9._-]", "_");
        String name = bare + ".yaml";
        for (int again = 2; !taken.add(name); again++) {
            name = bare + "-" + again + ".yaml";
        }
        return name;
    }
}
