// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceWriterTest {
    private static final String JOB = """
        model: gpt3-125m
        cluster: {node: dgx-a100-80gb, nodes: 1}
        training: {sequence_length: 512, global_batch: 8, precision: bf16}
        strategy: {tensor: 2, pipeline: {stages: 4}}
        stack: megatron-2022
        site: selene
        """;

    @TempDir
    private Path folder;

    private StepResult result;
    private List<Entry> events = List.of();

    @BeforeEach
    void trace() {
        Scenario scenario = new ScenarioReader(new Catalog(List.of())).read("job.yaml", JOB);
        var options = new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, "test");
        Path file = folder.resolve("trace.json");
        result = TraceFile.write(file, scenario.job(), new StepSimulation(scenario, options));
        var problems = new Problems();
        events = Document.read(file, problems).root().children("traceEvents");
        assertTrue(problems.isEmpty(), problems.all()::toString);
    }

    private List<Entry> ofPhase(String phase) {
        return events.stream().filter(event -> event.text("ph").equals(phase)).toList();
    }

    /// Each of 8 micro-batches runs forward and backward on each of 4 stages; 3 boundaries carry one message each way.
    @Test
    void passesAndMessagesAreAllThere() {
        assertEquals(4 * 8, named("forward"));
        assertEquals(4 * 8, named("backward"));
        assertEquals(3 * 8 * 2, ofPhase("s").size());
        assertEquals(3 * 8 * 2, ofPhase("f").size());
        assertEquals(
                4,
                events.stream()
                        .filter(e -> e.text("name").equals("process_name"))
                        .count());
    }

    private long named(String pass) {
        return ofPhase("X").stream()
                .filter(e -> e.text("name").matches(pass + " \\d+"))
                .count();
    }

    @Test
    void everyArrowEndsWhereAnotherRankReceives() {
        Map<Long, Entry> ends = new HashMap<>();
        ofPhase("f").forEach(end -> ends.put(end.integer("id", 0, Long.MAX_VALUE), end));
        for (Entry start : ofPhase("s")) {
            Entry end = ends.get(start.integer("id", 0, Long.MAX_VALUE));
            assertTrue(end != null, "an arrow without an end");
            assertFalse(start.integer("pid", 0, 99) == end.integer("pid", 0, 99));
            assertTrue(start.number("ts", 0, 1e12) <= end.number("ts", 0, 1e12));
        }
    }

    @Test
    void spansOfARowDoNotOverlapAndEndWithTheStep() {
        Map<String, Double> busyUntil = new HashMap<>();
        double last = 0;
        List<Entry> spans = ofPhase("X").stream()
                .sorted(java.util.Comparator.comparingDouble(e -> e.number("ts", 0, 1e12)))
                .toList();
        for (Entry span : spans) {
            String row = span.integer("pid", 0, 99) + "/" + span.integer("tid", 0, 99);
            double start = span.number("ts", 0, 1e12);
            double end = start + span.number("dur", 0, 1e12);
            assertTrue(start >= busyUntil.getOrDefault(row, 0.0) - 1e-6, row + " at " + start);
            busyUntil.put(row, end);
            last = Math.max(last, end);
        }
        assertEquals(result.stepSeconds() * 1e6, last, 1e-3);
    }

    /// The highest counter of a rank is the memory of its stage at the peak, which it reaches when the result says.
    /// Each of at most 13 categories is rounded down to a MiB.
    @Test
    void memoryRisesToThePeakOfTheStage() {
        MemoryUse memory = result.memory().orElseThrow();
        assertEquals(4, memory.byStage().size());
        for (MemoryUse.Stage stage : memory.byStage()) {
            List<Entry> ofRank = ofPhase("C").stream()
                    .filter(e -> e.integer("pid", 0, 99) / 2 == stage.stage())
                    .toList();
            Entry highest = ofRank.stream()
                    .max(java.util.Comparator.comparingDouble(TraceWriterTest::mebibytes))
                    .orElseThrow();
            assertEquals(stage.deviceBytes() / (1 << 20), mebibytes(highest), 13);
            double peakMicros = stage.peak().atSeconds().orElseThrow() * 1e6;
            assertTrue(
                    ofRank.stream()
                            .anyMatch(e -> Math.abs(e.number("ts", 0, 1e12) - peakMicros) < 1e-2
                                    && mebibytes(e) == mebibytes(highest)),
                    () -> "no highest counter at " + peakMicros);
        }
    }

    private static double mebibytes(Entry counter) {
        Entry bytes = counter.child("args");
        return bytes.keys().stream()
                .mapToDouble(key -> bytes.number(key, 0, 1e9))
                .sum();
    }
}
