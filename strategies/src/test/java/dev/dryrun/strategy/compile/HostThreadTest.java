// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a host costs that does not run ahead.
class HostThreadTest {
    private static final int MICRO_BATCHES = 4;
    /// Two norms, four products, splitting of queries, keys and values, four kernels of attention, activation, two
    /// additions.
    private static final int KERNELS_FORWARD = 14;
    /// Two products for each one forward, six kernels of attention, and the others once more.
    private static final int KERNELS_BACKWARD = 20;

    private static final int MATRICES = 4;

    private static TrainingJob job(int layers, int hidden, Recompute recompute, String stack, String site) {
        var strategy = new ParallelStrategy(RankGrid.of(1, 1, 1), false, "1f1b", 1, false, Sharding.NONE, 1, recompute);
        return Jobs.a100(Jobs.gpt(layers, hidden, 8), MICRO_BATCHES, strategy, stack, site);
    }

    private static long stepNanos(TrainingJob job, Detail detail) {
        StepOutcome outcome = StepExecutor.execute(Fold.of(new StepCompiler(job, detail).compile()));
        return outcome.stepNanos();
    }

    /// Where launches block, a layer takes the time of a launch longer for each of its kernels: those forward, again
    /// for the backward pass, backward, and the sum of each matrix's gradient. Sizes are such that a host that runs
    /// ahead stays ahead.
    @ParameterizedTest
    @EnumSource(Detail.class)
    void blockingLaunchesCostTheirTimeForEachKernel(Detail detail) {
        long blocked = layer("jean-zay", detail);
        long ahead = layer("default", detail);
        int kernels = 2 * KERNELS_FORWARD + KERNELS_BACKWARD + MATRICES;
        double launch = job(1, 4096, Recompute.FULL, "megatron-deepspeed", "jean-zay")
                .site()
                .hosts()
                .blockingLaunchSeconds();
        assertTrue(launch > 0);
        assertEquals(SimTime.toNanos(launch) * kernels * MICRO_BATCHES, blocked - ahead);
    }

    private static long layer(String site, Detail detail) {
        return stepNanos(job(3, 4096, Recompute.FULL, "megatron-deepspeed", site), detail)
                - stepNanos(job(2, 4096, Recompute.FULL, "megatron-deepspeed", site), detail);
    }

    /// A fault of the hosts costs its time once a step, whatever the number of micro-batches and layers.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aFaultCostsItsTimeOnceAStep(int layers) {
        long bad = stepNanos(
                job(layers, 4096, Recompute.FULL, "megatron-deepspeed", "jean-zay-before-binding-fix"), Detail.CHUNK);
        long good = stepNanos(job(layers, 4096, Recompute.FULL, "megatron-deepspeed", "jean-zay"), Detail.CHUNK);
        double fault = job(1, 4096, Recompute.FULL, "megatron-deepspeed", "jean-zay-before-binding-fix")
                .site()
                .hosts()
                .stepSeconds();
        assertTrue(fault > 0);
        assertEquals(SimTime.toNanos(fault), bad - good);
    }

    /// A host that waits after each layer, and whose kernels are all shorter than their issue: a pass through a layer
    /// takes the issue of its kernels and the last of them. With 128 tokens of width 256 a kernel takes a few us, and
    /// the optimizer 16 us for a layer's 0.8 million parameters: below 20 us for each pass.
    @ParameterizedTest
    @EnumSource(Detail.class)
    void aHostThatAwaitsLayersPaysTheirIssue(Detail detail) {
        String stack = "megatron-deepspeed-profiled";
        long layer = stepNanos(Jobs.ofLength(job(3, 256, Recompute.NONE, stack, "default"), 128), detail)
                - stepNanos(Jobs.ofLength(job(2, 256, Recompute.NONE, stack, "default"), 128), detail);
        long issue = SimTime.toNanos(Jobs.stack(stack).hostSecondsPerKernel())
                * (KERNELS_FORWARD + KERNELS_BACKWARD)
                * MICRO_BATCHES;
        assertTrue(layer >= issue, () -> layer + " < " + issue);
        assertTrue(layer <= issue + 2 * MICRO_BATCHES * 20_000L, () -> layer + " > " + issue);
    }

    @Test
    void detailsAreEqualWhereTheHostAwaitsLayers() {
        TrainingJob job = job(4, 2048, Recompute.NONE, "megatron-deepspeed-profiled", "default");
        long coarse = stepNanos(job, Detail.CHUNK);
        assertEquals(coarse, stepNanos(job, Detail.LAYER));
        assertEquals(coarse, stepNanos(job, Detail.KERNEL));
    }
}
