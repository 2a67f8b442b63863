// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Given;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.simulate.CatalogChanges;
import dev.dryrun.validation.published.simulate.CatalogChanges.Kind;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.RunTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCalibrationTest {
    private static final Set<String> FAMILIES = Set.of("dgxc-gpt3", "dgxc-llama3.1");
    private static final long MOST_GPUS = 512;
    private static final double SLOWDOWN = 0.2;
    private static final double BACKWARD = 0.33;

    /// Shares to which runs without noise tell a constant of which they know most: responses are those of simulations
    /// with one constant moved at a time.
    private static final double TOLD = 0.03;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(List<Path> runs, List<Path> gemms) {
        var request = new RunsRequest(runs, gemms, folder.resolve("catalog"), "mine", false, List.of());
        return new RunsCalibration(new PrintStream(out), new PrintStream(err)).run(request);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// Jobs of published runs, with times that the simulator gives them where two constants are others.
    @Test
    void constantsThatMadeTheRunsAreRecovered() throws IOException {
        Path runs = write("runs.csv", simulated());
        assertEquals(0, run(List.of(runs), List.of()), this::errors);
        var problems = new Problems();
        var catalog = new Catalog(List.of(folder.resolve("catalog")));
        Stack stack = Stack.read(
                Objects.requireNonNull(catalog.find("stacks", "mine", problems)).root());
        problems.throwIfAny();
        assertEquals(SLOWDOWN, stack.tensorSlowdown(), TOLD);
        assertEquals(BACKWARD, stack.flashBackwardOfPeak(), TOLD);
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("host_per_kernel") && text.contains("mean absolute error"), text);
        assertFalse(Files.readString(folder.resolve("catalog/stacks/mine.yaml")).contains("host_per_kernel"));
        assertEquals(2, run(List.of(runs), List.of()));
        assertTrue(errors().contains("mine.yaml:1:1: the file is there already"), this::errors);
    }

    @Test
    void productsGiveAnAcceleratorAndItsNode() throws IOException {
        Path runs = write("runs.csv", simulated().subList(0, 3));
        Path gemms = Files.writeString(
                folder.resolve("gemms.csv"),
                "M,N,K,dtype,us\n"
                        + Stream.of(4096, 6144, 8192)
                                .map(n -> "%d,%d,%d,bf16,%s\n".formatted(n, n, n, 2e6 * n * n * n / 600e12))
                                .collect(Collectors.joining()));
        assertEquals(0, run(List.of(runs), List.of(gemms)), this::errors);
        var problems = new Problems();
        var catalog = new Catalog(List.of(folder.resolve("catalog")));
        var node = Objects.requireNonNull(catalog.find("nodes", "mine", problems));
        assertEquals("mine", node.root().text("accelerator"));
        assertTrue(catalog.names("accelerators").contains("mine"));
        problems.throwIfAny();
    }

    @Test
    void wrongCellsAreNamedWithFileLineAndColumn() throws IOException {
        Path runs = Files.writeString(
                folder.resolve("runs.csv"), "id,family,hardware,n_gpus,metric,value\na,mine,H100,eight,time,1\n");
        assertEquals(2, run(List.of(runs), List.of()));
        assertEquals(
                runs + ":2: n_gpus is \"eight\", but must be a whole number from 1 to 999999999.", errors().strip());
    }

    @Test
    void runsThatCannotBeSimulatedAreListed() throws IOException {
        Path runs = Files.writeString(
                folder.resolve("runs.csv"), "id,family,hardware,n_gpus,metric,value,unit\na,mine,Abacus,8,time,1,s\n");
        assertEquals(1, run(List.of(runs), List.of()));
        assertTrue(errors().startsWith(runs + ":2: not in the fit: "), this::errors);
        assertTrue(errors().contains("No run is left to fit to."), this::errors);
    }

    private static List<MeasuredRun> simulated() {
        Position here = Position.startOf("test");
        var changes = new TreeMap<Place, Map<String, Given>>();
        changes.put(
                new Place(Kind.STACKS, "te-2025"),
                Map.of(
                        "tensor_parallel.slowdown.value", new Given(SLOWDOWN, here),
                        "flash_backward_of_peak.value", new Given(BACKWARD, here)));
        List<MeasuredRun> published = RunTable.builtIn().runs().stream()
                .filter(run -> FAMILIES.contains(run.family()))
                .filter(run -> run.count(Column.N_GPUS).orElseThrow() <= MOST_GPUS)
                .toList();
        List<ScoredRun> scored = new StepSimulator(new Catalog(List.of()))
                .with(new CatalogChanges(changes))
                .scoring()
                .score(published, () -> {})
                .runs();
        var runs = new ArrayList<MeasuredRun>();
        for (ScoredRun row : scored) {
            Map<Column, String> cells = new EnumMap<>(row.run().cells());
            cells.put(Column.METRIC, "time");
            cells.put(Column.UNIT, "s");
            cells.put(
                    Column.VALUE,
                    Double.toString(Objects.requireNonNull(row.prediction()).stepSeconds()));
            runs.add(new MeasuredRun("runs.csv", row.run().line(), cells));
        }
        return runs;
    }

    private Path write(String name, List<MeasuredRun> runs) throws IOException {
        String header = Stream.of(Column.values()).map(Column::header).collect(Collectors.joining(","));
        String lines = runs.stream()
                .map(run -> Stream.of(Column.values())
                        .map(column -> '"' + run.text(column).replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve(name), header + "\n" + lines + "\n");
    }
}
