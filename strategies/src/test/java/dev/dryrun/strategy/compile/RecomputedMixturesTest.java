// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.program.MemoryTimeline;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.memory.MemoryCategory;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.recompute.Choices;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import dev.dryrun.strategy.recompute.RecomputeChoice.Method;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Steps of models with experts, latent attention and blocks of several kinds, parts of which are computed again.
class RecomputedMixturesTest {
    /// Folded equals full, details equal each other where nothing contends, and all that is kept is freed.
    @RepeatedTest(40)
    void foldedEqualsFullAndAllIsFreed(RepetitionInfo repetition) {
        var random = new SplittableRandom(900 + repetition.getCurrentRepetition());
        ModelArchitecture model =
                Jobs.model(List.of("deepseek-v2-lite", "mixtral-8x7b").get(random.nextInt(2)));
        int tensor = 1 << random.nextInt(2);
        int stages = 1 << random.nextInt(2);
        int data = 1 << random.nextInt(3);
        int expert = 1 << random.nextInt(Integer.numberOfTrailingZeros(data) + 1);
        Sharding sharding = Sharding.values()[random.nextInt(4)];
        var strategy = new ParallelStrategy(
                        new RankGrid(tensor, 1, stages, data, expert, tensor, RankGrid.USUAL),
                        tensor > 1,
                        stages > 1 && random.nextBoolean() ? "zb-h1" : "1f1b",
                        1,
                        false,
                        sharding,
                        1,
                        Recompute.NONE)
                .with(Choices.random(random, !sharding.sharesParameters()));
        TrainingJob job = Jobs.a100(model, 2L * data * stages, strategy, "te-2025", "default");
        StepPlan full = new StepCompiler(job, Detail.CHUNK).compile();
        StepOutcome ofAll = StepExecutor.execute(full);
        StepOutcome folded = StepExecutor.execute(Fold.of(full));
        assertTrue(ofAll.deadlock().isEmpty(), strategy::toString);
        assertEquals(
                (double) ofAll.stepNanos(), (double) folded.stepNanos(), (double) ofAll.events(), strategy.toString());
        for (int stage = 0; stage < stages; stage++) {
            MemoryTimeline timeline = MemoryTimeline.of(full.programs().get(stage), full.tables());
            assertTrue(Arrays.stream(timeline.endByCategory()).allMatch(bytes -> bytes == 0), strategy::toString);
            assertTrue(Arrays.stream(timeline.peakByCategory()).allMatch(bytes -> bytes >= 0), strategy::toString);
        }
        if (data == 1 && stages == 1) {
            long fine = StepExecutor.execute(new StepCompiler(job, Detail.KERNEL).compile())
                    .stepNanos();
            assertEquals(ofAll.stepNanos(), fine, strategy::toString);
        }
    }

    /// Experts that run again send their tokens again: four exchanges in the step of a layer become six. Recomputing
    /// the activation alone sends none.
    @Test
    void expertsThatRunAgainExchangeTokensAgain() {
        double once = exchanged(List.of());
        assertEquals(1.5 * once, exchanged(List.of(Module.MOE)), 1e-3 * once);
        assertEquals(once, exchanged(List.of(Module.MOE_ACTIVATION)), 1e-3 * once);
    }

    private static double exchanged(List<Module> modules) {
        var choice = modules.isEmpty()
                ? RecomputeChoice.ofAll(Recompute.NONE)
                : new RecomputeChoice(Recompute.SELECTIVE, Method.UNIFORM, 1, modules);
        var strategy = new ParallelStrategy(
                        new RankGrid(1, 1, 1, 8, 8, 1, RankGrid.USUAL),
                        false,
                        "1f1b",
                        1,
                        false,
                        Sharding.OPTIMIZER,
                        1,
                        Recompute.NONE)
                .with(choice);
        TrainingJob job = Jobs.a100(Jobs.model("mixtral-8x7b"), 8, strategy, "te-2025", "default");
        StepOutcome outcome = StepExecutor.execute(new StepCompiler(job, Detail.CHUNK).compile());
        return outcome.exposedNanos()[0][Category.EXPERT_COMM.ordinal()];
    }

    /// Less is held in the order of what is dropped: nothing, an activation, the experts, the layer.
    @Test
    void moreIsSparedTheMoreIsDropped() {
        double nothing = activations(RecomputeChoice.ofAll(Recompute.NONE));
        double activation = activations(
                new RecomputeChoice(Recompute.SELECTIVE, Method.UNIFORM, 1, List.of(Module.MOE_ACTIVATION)));
        double experts = activations(new RecomputeChoice(Recompute.SELECTIVE, Method.UNIFORM, 1, List.of(Module.MOE)));
        double layer = activations(RecomputeChoice.ofAll(Recompute.FULL));
        assertTrue(nothing > activation && activation > experts && experts > layer);
        assertTrue(layer > 0);
    }

    private static double activations(RecomputeChoice choice) {
        var strategy = new ParallelStrategy(
                        new RankGrid(1, 1, 1, 8, 8, 1, RankGrid.USUAL),
                        false,
                        "1f1b",
                        1,
                        false,
                        Sharding.NONE,
                        1,
                        Recompute.NONE)
                .with(choice);
        TrainingJob job = Jobs.a100(Jobs.model("deepseek-v2-lite"), 8, strategy, "te-2025", "default");
        StepPlan plan = new StepCompiler(job, Detail.CHUNK).compile();
        return MemoryTimeline.of(plan.programs().getFirst(), plan.tables())
                .peakBytes(MemoryCategory.ACTIVATIONS.ordinal());
    }
}
