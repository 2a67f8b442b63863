// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import dev.dryrun.strategy.recompute.RecomputeChoice.Method;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Times of steps of which some layers or modules are computed again, on one tensor group.
class RecomputedStepTest {
    private static final int LAYERS = 12;
    private static final int MICRO_BATCHES = 4;
    /// Times of kernels and collectives are whole nanoseconds: as many roundings as there are, each of half of one.
    private static final long ROUNDINGS = 40L * LAYERS * MICRO_BATCHES;

    private static long nanos(RecomputeChoice choice) {
        var strategy = new ParallelStrategy(
                        RankGrid.of(2, 1, 1), true, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE)
                .with(choice);
        TrainingJob job = Jobs.a100(Jobs.gpt(LAYERS, 4096, 32), MICRO_BATCHES, strategy, "te-2024", "default");
        return StepExecutor.execute(new StepCompiler(job, Detail.CHUNK).compile())
                .stepNanos();
    }

    private static RecomputeChoice full(Method method, int layers) {
        return new RecomputeChoice(Recompute.FULL, method, layers, List.of());
    }

    private static RecomputeChoice of(Module... modules) {
        return new RecomputeChoice(Recompute.SELECTIVE, Method.UNIFORM, 1, List.of(modules));
    }

    /// A layer that runs again takes as long wherever it is.
    @Test
    void timeGoesLinearlyWithTheLayersThatRunAgain() {
        long none = nanos(RecomputeChoice.ofAll(Recompute.NONE));
        long all = nanos(RecomputeChoice.ofAll(Recompute.FULL));
        assertTrue(all > 1.2 * none && all < 1.4 * none, all + " of " + none);
        for (int again : new int[] {0, 1, 5, 12}) {
            double expected = none + again * (all - none) / (double) LAYERS;
            assertEquals(expected, (double) nanos(full(Method.BLOCK, again)), (double) ROUNDINGS);
        }
        assertEquals((double) nanos(full(Method.BLOCK, 4)), (double) nanos(full(Method.EVERY, 3)), (double) ROUNDINGS);
    }

    /// Segments spare memory for no time: every layer runs forward once more, whatever they hold.
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 12})
    void segmentsTakeNoLonger(int layers) {
        long each = nanos(RecomputeChoice.ofAll(Recompute.FULL));
        assertEquals((double) each, (double) nanos(full(Method.UNIFORM, layers)), (double) ROUNDINGS);
    }

    /// What modules add together is the sum of what each adds, and less than the whole layer.
    @Test
    void modulesAddUp() {
        long none = nanos(RecomputeChoice.ofAll(Recompute.NONE));
        long core = nanos(of(Module.CORE_ATTENTION)) - none;
        long mlp = nanos(of(Module.MLP)) - none;
        long norm = nanos(of(Module.LAYERNORM)) - none;
        long together = nanos(of(Module.CORE_ATTENTION, Module.MLP, Module.LAYERNORM)) - none;
        assertTrue(core > 0 && mlp > core && norm > 0, core + ", " + mlp + ", " + norm);
        assertEquals((double) core + mlp + norm, (double) together, (double) ROUNDINGS);
        assertTrue(together < nanos(RecomputeChoice.ofAll(Recompute.FULL)) - none);
        assertEquals(none, nanos(of(Module.MOE)));
    }
}
