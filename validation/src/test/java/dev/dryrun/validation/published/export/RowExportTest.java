// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.MappedRun;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.Rows;
import dev.dryrun.validation.published.table.RunTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowExportTest {
    private static final Catalog CATALOG = new Catalog(List.of());
    private static final StepSimulator SIMULATOR = new StepSimulator(CATALOG);

    @TempDir
    Path folder;

    /// The parts of which a step is made are those of the row's job, for every row that is exported.
    @Test
    void everyScenarioReadsAsTheJobThatIsValidated() throws IOException {
        List<MeasuredRun> runs = RunTable.builtIn().runs();
        RowExport export = RowExport.write(SIMULATOR, runs, folder);
        Map<String, List<String>> lines = lines();
        assertEquals(runs.size(), lines.size());
        assertEquals(runs.size(), export.written() + export.left());
        var reader = new ScenarioReader(CATALOG);
        var refused = new ArrayList<String>();
        for (MeasuredRun run : runs) {
            List<String> line = lines.get(run.id());
            if (line.get(1).isEmpty()) {
                refused.add(run.id() + ": " + line.getLast());
                continue;
            }
            try {
                assertSame(job(run), reader.read(folder.resolve(line.get(1))).job());
            } catch (InvalidInputException problem) {
                refused.add(problem.getMessage());
            }
        }
        assertEquals(List.of(), refused);
    }

    /// A row of each kind: dense, shared parameters, experts, a part of a rack, context parallel, LoRA.
    @Test
    void simulateSaysWhatValidateSays() throws IOException {
        List<String> ids = List.of("korthikanti-001", "foundry-005", "simumax-b200-38", "simumax-b200-04");
        List<MeasuredRun> runs = RunTable.builtIn().runs().stream()
                .filter(run -> ids.contains(run.id()))
                .toList();
        assertEquals(ids.size(), runs.size());
        RowExport.write(SIMULATOR, runs, folder);
        Map<String, List<String>> lines = lines();
        for (MeasuredRun run : runs) {
            Scenario scenario = new ScenarioReader(CATALOG)
                    .read(folder.resolve(lines.get(run.id()).get(1)));
            double simulated = new StepSimulation(
                            scenario, new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, "test"))
                    .run()
                    .stepSeconds();
            double validated = SIMULATOR.predict(sketch(run)).stepSeconds();
            assertEquals(validated, simulated, 1e-9, run::id);
        }
    }

    /// 64 sequences of 2048 tokens at 1000 tokens/s of 64 GPUs each: 131,072 / 64,000 = 2.048 s.
    @Test
    void theTableHasSecondsOfAStepAndReasons() throws IOException {
        MeasuredRun rate = Rows.with("id", "a/b", "value", "1000", "unit", "tokens/s/GPU");
        MeasuredRun same = Rows.with("id", "a b");
        MeasuredRun odd = Rows.with("id", "odd", "hardware", "abacus");
        RowExport export = RowExport.write(SIMULATOR, List.of(rate, same, odd), folder);
        assertEquals(new RowExport(2, 1), export);
        Map<String, List<String>> lines = lines();
        assertEquals(2.048, Double.parseDouble(lines.get("a/b").get(4)), 1e-12);
        assertEquals("a_b.yaml", lines.get("a/b").get(1));
        assertEquals("a_b-2.yaml", lines.get("a b").get(1));
        assertTrue(lines.get("odd").getLast().contains("abacus"));
        assertTrue(Files.readString(folder.resolve("a_b.yaml")).contains("# measured: time 1000 tokens/s/GPU"));
    }

    private static void assertSame(TrainingJob expected, TrainingJob actual) {
        assertEquals(expected.name(), actual.name());
        assertEquals(expected.model(), actual.model(), expected::name);
        assertEquals(expected.cluster(), actual.cluster(), expected::name);
        assertEquals(expected.training(), actual.training(), expected::name);
        assertEquals(
                WrittenLayers.of(expected.strategy(), expected.model().layers()), actual.strategy(), expected::name);
        assertEquals(expected.stack().name(), actual.stack().name(), expected::name);
        assertEquals(expected.site().name(), actual.site().name(), expected::name);
        assertEquals(expected.accelerator().name(), actual.accelerator().name(), expected::name);
    }

    private static TrainingJob job(MeasuredRun run) {
        return SIMULATOR.job(sketch(run));
    }

    private static JobSketch sketch(MeasuredRun run) {
        return SIMULATOR.settle(((MappedRun.Simulable) SIMULATOR.mapping().map(run)).sketch(), new ArrayList<>());
    }

    private Map<String, List<String>> lines() throws IOException {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        try (var stream = Files.newInputStream(folder.resolve("rows.csv"))) {
            for (CsvLines.Line line :
                    CsvLines.read("rows.csv", stream).stream().skip(1).toList()) {
                lines.put(line.cells().getFirst(), line.cells());
            }
        }
        return lines;
    }
}
