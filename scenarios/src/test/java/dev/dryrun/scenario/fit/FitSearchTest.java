// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FitSearchTest {
    private static final String JOB = """
        model: gpt3-6.7b
        cluster: {node: dgx-a100-80gb, nodes: 2, fabric: fat-tree}
        training: {sequence_length: 2048, global_batch: 64, precision: bf16}
        strategy: {tensor: 1, pipeline: {stages: 2}, data: 8, micro_batch: 4, recompute: none}
        stack: megatron-2022
        site: selene
        """;

    /// The scenario with changes written into it, each in the scenario's own words.
    private static String written(List<String> changes) {
        String job = JOB;
        for (String change : changes) {
            String value = change.substring(change.lastIndexOf(' ') + 1);
            String what = change.substring(0, change.lastIndexOf(' '));
            job = switch (what) {
                case "recompute" -> job.replace("recompute: none", "recompute: " + value);
                case "sharding" -> job.replace("micro_batch", "sharding: " + value + ", micro_batch");
                case "micro-batch" -> job.replace("micro_batch: 4", "micro_batch: " + value);
                case "sequence" -> job.replace("micro_batch", "sequence_parallel: true, micro_batch");
                case "tensor" -> job.replace("tensor: 1", "tensor: " + value);
                case "pipeline stages" -> job.replace("stages: 2", "stages: " + value);
                case "data" -> job.replace("data: 8", "data: " + value);
                default -> throw new AssertionError("unforeseen change " + change);
            };
        }
        return job;
    }

    private static Scenario read(String job) {
        return new ScenarioReader(new Catalog(List.of())).read("job.yaml", job);
    }

    private static StepResult simulate(String job) {
        return new StepSimulation(read(job), new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, "test"))
                .run();
    }

    /// Whoever writes a change into the scenario gets the time and the memory that the search promises, and the
    /// quickest comes first.
    @Test
    void changesKeepWhatTheyPromise() {
        assertEquals(
                MemoryUse.Verdict.DOES_NOT_FIT,
                simulate(JOB).memory().orElseThrow().verdict());
        var tried = new AtomicInteger();
        List<MemoryUse.Remedy> remedies = FitSearch.remedies(read(JOB).job(), tried::set);
        assertEquals(3, remedies.size());
        assertTrue(tried.get() >= 3 && tried.get() <= 48, () -> tried + " tried");
        double before = 0;
        for (MemoryUse.Remedy remedy : remedies) {
            StepResult result = simulate(written(remedy.changes()));
            MemoryUse memory = result.memory().orElseThrow();
            assertTrue(memory.verdict() != MemoryUse.Verdict.DOES_NOT_FIT, remedy::toString);
            assertEquals(result.stepSeconds(), remedy.stepSeconds(), 1e-12, remedy.toString());
            assertEquals(memory.fullest().deviceBytes(), remedy.deviceBytes(), 1, remedy.toString());
            assertEquals(16, remedy.gpus());
            assertTrue(remedy.stepSeconds() >= before, remedies::toString);
            before = remedy.stepSeconds();
        }
    }

    /// 18 bytes for each of 175 billion parameters are more than 16 GPUs of 80 GB have together: only more GPUs help,
    /// or sharing what there is among more.
    @Test
    void moreGpusAreTheLastResort() {
        String large = JOB.replace("gpt3-6.7b", "gpt3-175b")
                .replace("tensor: 1, pipeline: {stages: 2}, data: 8", "tensor: 8, data: 2");
        List<MemoryUse.Remedy> remedies = FitSearch.remedies(read(large).job(), variants -> {});
        assertTrue(!remedies.isEmpty());
        assertTrue(remedies.stream().allMatch(remedy -> remedy.gpus() > 16 && remedy.deviceBytes() < 80e9 * 1.074));
    }

    @Test
    void sameSearchSameAnswer() {
        assertEquals(
                FitSearch.remedies(read(JOB).job(), variants -> {}),
                FitSearch.remedies(read(JOB).job(), variants -> {}));
    }
}
