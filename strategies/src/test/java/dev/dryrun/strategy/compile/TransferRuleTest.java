// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TransferRuleTest {
    private static final TransferRule ALONE = new TransferRule(false, true, true);
    private static final TransferRule PROMPT = new TransferRule(true, false, true);
    private static final TransferRule INSTANT = new TransferRule(true, true, false);

    /// Streams run in order and instructions wait for given ones, so that the end of each instruction is a maximum of
    /// sums of durations, and a step cannot end later where some transfers are shorter. This holds for stacks whose
    /// communication does not slow kernels, as then nothing else depends on when a transfer runs. A nanosecond for each
    /// event is what rounding may add.
    @RepeatedTest(40)
    void nothingIsSlowerWhereTransfersTakeLess(RepetitionInfo repetition) {
        TrainingJob job = random(new SplittableRandom(repetition.getCurrentRepetition()));
        StepOutcome real = step(job, TransferRule.REAL);
        StepOutcome alone = step(job, ALONE);
        StepOutcome instant = step(job, INSTANT);
        assertTrue(alone.stepNanos() <= real.stepNanos() + real.events(), job.strategy()::toString);
        assertTrue(instant.stepNanos() <= alone.stepNanos() + real.events(), job.strategy()::toString);
        assertTrue(step(job, PROMPT).stepNanos() <= real.stepNanos() + real.events(), job.strategy()::toString);
    }

    /// Two nodes of eight GPUs behind four interfaces, a replica on each: the gradients of two ranks of a tensor group
    /// meet on each interface. Alone they take half of the time that the bytes take, and of what reduction takes beyond
    /// its latency nothing else is left.
    @Test
    void twoReductionsOnOneInterfaceTakeTwiceAsLong() {
        TrainingJob job = Jobs.a100(
                Jobs.gpt(4, 4096, 32),
                2,
                new ParallelStrategy(RankGrid.of(8, 1, 2), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE),
                "megatron-2021",
                "default");
        NodeType node = job.cluster().node();
        TrainingJob behindFour = Jobs.onCluster(
                job,
                new Cluster(
                        node.withNics(4, node.nicBytesPerSecond()),
                        2,
                        job.cluster().fabric()));
        long prompt = step(behindFour, PROMPT).stepNanos();
        long promptAlone = step(behindFour, PROMPT.and(ALONE)).stepNanos();
        long eight = step(job, PROMPT).stepNanos();
        assertTrue(prompt > promptAlone);
        assertEquals(eight, promptAlone, 1e-3 * eight);
    }

    @Test
    void rulesAddUpToWhatAllOfThemLeave() {
        assertEquals(new TransferRule(false, false, true), ALONE.and(PROMPT));
        assertEquals(INSTANT, TransferRule.REAL.and(INSTANT));
    }

    private static StepOutcome step(TrainingJob job, TransferRule rule) {
        return StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK, rule).compile()));
    }

    private static TrainingJob random(SplittableRandom random) {
        int tensor = 1 << random.nextInt(4);
        int stages = 1 << random.nextInt(3);
        int data = 1 << random.nextInt(3);
        int microBatches = stages * random.nextInt(1, 4);
        Sharding sharding = random.nextBoolean() ? Sharding.OPTIMIZER : Sharding.NONE;
        return Jobs.a100(
                Jobs.gpt(4 * stages, 1024 << random.nextInt(3), 16),
                (long) data * microBatches,
                new ParallelStrategy(
                        RankGrid.of(tensor, stages, data),
                        tensor > 1 && random.nextBoolean(),
                        "1f1b",
                        1,
                        false,
                        sharding,
                        1,
                        random.nextBoolean() ? Recompute.FULL : Recompute.NONE),
                random.nextBoolean() ? "megatron-2021" : "megatron-2022",
                random.nextBoolean() ? "default" : "jean-zay");
    }
}
