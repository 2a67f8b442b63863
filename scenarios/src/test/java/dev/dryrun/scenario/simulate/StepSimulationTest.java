// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepSimulationTest {
    private static final String JOB = """
        model: gpt3-1.3b
        cluster: {node: dgx-a100-80gb, nodes: 2, fabric: fat-tree}
        training: {sequence_length: 1024, global_batch: 32, precision: bf16, tokens: 1e9}
        strategy: {tensor: 2, pipeline: {stages: 2}, recompute: full}
        stack: megatron-2022
        site: selene
        """;

    private static StepResult simulate(String scenario) {
        Scenario read = new ScenarioReader(new Catalog(List.of())).read("job.yaml", scenario);
        var options = new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, "test");
        return new StepSimulation(read, options).run();
    }

    private static double sum(Map<String, Double> seconds) {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /// Every instant counts once; a nanosecond for each of 13 categories may be lost in rounding.
    @ParameterizedTest
    @ValueSource(strings = {"stages: 1", "stages: 2", "stages: 4", "stages: 4, schedule: gpipe"})
    void theBreakdownAddsUpToTheStep(String pipeline) {
        StepResult result = simulate(JOB.replace("stages: 2", pipeline));
        assertEquals(result.stepSeconds(), sum(result.breakdownSeconds()), 13e-9);
        assertEquals(result.stepSeconds(), sum(result.criticalPathSeconds()), 13e-9);
        result.breakdownSeconds().forEach((kind, seconds) -> assertTrue(seconds >= 0, kind));
    }

    /// Full recomputation runs the forward pass of each layer once more: 4/3 of the model's work, less the head's
    /// share.
    @Test
    void ratesFollowFromTheStepTime() {
        StepResult result = simulate(JOB);
        assertEquals(32 * 1024 / result.stepSeconds(), result.tokensPerSecond(), 1e-6 * result.tokensPerSecond());
        double hardwareOverModel = result.flops().hfu() / result.flops().mfu();
        assertTrue(hardwareOverModel > 1.2 && hardwareOverModel < 4 / 3.0, () -> "" + hardwareOverModel);
        StepResult.TrainingTime training = result.training().orElseThrow();
        assertEquals(1e9 / result.tokensPerSecond() / 3600 * 16, training.gpuHours(), 1e-9 * training.gpuHours());
    }

    /// The mean of H - 1 steps without reductions and one that averages parameters lies between them, nearer to the
    /// former by 1/H; H times as rare, the difference is H times smaller.
    @Test
    void theStepIsTheMeanOfLocalAndOuterSteps() {
        String job = JOB.replace("recompute: full", "data: 4");
        double often = localSteps(job, 2).stepSeconds();
        double seldom = localSteps(job, 4).stepSeconds();
        double local = 2 * seldom - often;
        double outer = 2 * often - local;
        for (int steps : new int[] {3, 500}) {
            StepResult result = localSteps(job, steps);
            assertEquals(local + (outer - local) / steps, result.stepSeconds(), 1e-9);
            assertEquals(result.stepSeconds(), sum(result.breakdownSeconds()), 13e-9);
        }
        assertTrue(outer > local);
        assertTrue(local < simulate(job).stepSeconds(), "nothing is reduced");
    }

    private static StepResult localSteps(String job, int steps) {
        return simulate(job.replace("tokens: 1e9", "local_steps: {steps: " + steps + "}"));
    }

    /// E batches every N steps add E/N forward passes of a batch to each.
    @Test
    void evaluationsAreSharedOverSteps() {
        double none = simulate(JOB).stepSeconds();
        double each = evaluated(1, 1) - none;
        assertEquals(none + each * 7 / 20, evaluated(20, 7), 1e-9);
        assertTrue(each > 0 && each < none / 3, "three of four passes with full recomputation are no forward passes");
    }

    private static double evaluated(int every, int steps) {
        String evaluation = "evaluation: {every: " + every + ", steps: " + steps + "}";
        return simulate(JOB.replace("tokens: 1e9", evaluation)).stepSeconds();
    }

    @Test
    void memoryIsTheFullestStages() {
        MemoryUse memory = simulate(JOB.replace("recompute: full", "recompute: none"))
                .memory()
                .orElseThrow();
        assertEquals(2, memory.byStage().size());
        assertEquals(
                memory.fullest().deviceBytes(),
                memory.fullest().byCategory().values().stream()
                        .mapToDouble(bytes -> bytes)
                        .sum(),
                1e-9 * memory.fullest().deviceBytes());
        assertEquals(MemoryUse.Verdict.FITS, memory.verdict());
    }
}
