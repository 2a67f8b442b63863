// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Dimension;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Jobs on clusters of several parts, and replicas with micro-batches of their own.
class MixedPartsTest {
    private static final List<String> NODES = List.of("dgx-a100-80gb", "hgx-h100", "mi300x-platform");
    /// Stages fastest, so that each replica has all of them on neighbours.
    private static final List<Dimension> STAGES_FIRST =
            List.of(Dimension.TENSOR, Dimension.CONTEXT, Dimension.EXPERT, Dimension.PIPELINE, Dimension.DATA);

    private static ParallelStrategy strategy(RankGrid grid, Sharding sharding) {
        return new ParallelStrategy(grid, false, "1f1b", 1, false, sharding, 1, Recompute.NONE);
    }

    /// A job that fills three nodes, each of a part of its own; replicas may have micro-batches of their own.
    private static TrainingJob randomJob(SplittableRandom random) {
        int tensor = 1 << random.nextInt(2, 4);
        int groups = 24 / tensor;
        List<Integer> divisors = new ArrayList<>();
        for (int d = 1; d <= groups; d++) {
            if (groups % d == 0) {
                divisors.add(d);
            }
        }
        int stages = divisors.get(random.nextInt(divisors.size()));
        int data = groups / stages;
        RankGrid grid = RankGrid.of(tensor, stages, data);
        var strategy = strategy(
                random.nextBoolean() ? grid.inOrder(STAGES_FIRST) : grid,
                random.nextBoolean() ? Sharding.OPTIMIZER : Sharding.NONE);
        List<Integer> counts = new ArrayList<>();
        long sum = 0;
        for (int replica = 0; replica < data; replica++) {
            counts.add(random.nextInt(1, 6));
            sum += counts.getLast();
        }
        String stack = random.nextBoolean() ? "megatron-2022" : "megatron-2020";
        return Jobs.onParts(
                Jobs.gpt(2 * stages, 1024, 8), sum, strategy.withMicroBatches(counts), stack, NODES, List.of(1, 1, 1));
    }

    private static long stepNanos(TrainingJob job) {
        StepOutcome outcome = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        assertTrue(outcome.deadlock().isEmpty(), () -> job.strategy() + " " + outcome.deadlock());
        return outcome.stepNanos();
    }

    /// A tick for each change of rate, of which there are fewer than events.
    private static void assertWithin(long ticks, long expected, long found, TrainingJob job) {
        assertTrue(
                Math.abs(expected - found) <= ticks, () -> expected + " " + found + " " + ticks + " " + job.strategy());
    }

    /// Classes split by themselves: one representative of each takes as long as every rank, to a tick per event.
    @RepeatedTest(30)
    void foldedEqualsFull(RepetitionInfo repetition) {
        TrainingJob job = randomJob(new SplittableRandom(repetition.getCurrentRepetition()));
        StepPlan full = new StepCompiler(job, Detail.CHUNK).compile();
        StepPlan folded = Fold.of(full);
        StepOutcome ofAll = StepExecutor.execute(full);
        StepOutcome ofClasses = StepExecutor.execute(folded);
        assertTrue(ofAll.deadlock().isEmpty(), () -> job.strategy() + " " + ofAll.deadlock());
        assertWithin(ofAll.events(), ofAll.stepNanos(), ofClasses.stepNanos(), job);
    }

    @RepeatedTest(15)
    void detailsAreEqual(RepetitionInfo repetition) {
        TrainingJob job = randomJob(new SplittableRandom(100 + repetition.getCurrentRepetition()));
        StepOutcome coarse = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        StepOutcome fine = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.KERNEL).compile()));
        assertWithin(fine.events(), coarse.stepNanos(), fine.stepNanos(), job);
    }

    /// Two stages on machines of different speed: m micro-batches of the slow one, and the quick one's first or last,
    ///
    ///     m t_slow + t_quick = (m - 1) t_slow + sum of t
    ///
    /// is the 1F1B pipeline's time where the slow stage binds; messages, reductions and the optimizer come on top.
    @Test
    void thePipelineRunsAtThePaceOfItsSlowestStage() {
        int few = 8;
        int many = 40;
        RankGrid grid = RankGrid.of(8, 2, 1);
        TrainingJob short1 = onA100AndH100(grid, few);
        TrainingJob long1 = onA100AndH100(grid, many);
        var times = new StepCompiler(short1, Detail.CHUNK).layerTimes();
        double slow = times.get(0).nanos(0, 4, true, false);
        double quick = times.get(1).nanos(4, 8, false, true);
        assertTrue(slow > 1.3 * quick, slow + " " + quick);
        double perMicroBatch = (stepNanos(long1) - stepNanos(short1)) / (double) (many - few);
        // A message each way may be waited for: each rank's eighth of 2048 x 4096 activations of 16 bits, at no less
        // than 70 % of 25 GB/s, and 20 us.
        double messages = 2 * (2048.0 * 4096 * 2 / 8 / (0.7 * 25) + 20_000);
        assertTrue(perMicroBatch >= slow - 1 && perMicroBatch <= slow + messages, slow + " " + perMicroBatch);
        double overhead = 1e9 * short1.stack().stepOverheadSeconds();
        double rest = stepNanos(short1) - overhead - (few - 1) * perMicroBatch - slow - quick;
        assertTrue(rest >= 0 && rest < 2 * slow, "reductions and optimizer " + rest);
    }

    private static TrainingJob onA100AndH100(RankGrid grid, int batch) {
        return Jobs.onParts(
                Jobs.gpt(8, 4096, 32),
                batch,
                strategy(grid, Sharding.NONE),
                "te-2024",
                List.of("dgx-a100-80gb", "hgx-h100"),
                List.of(1, 1));
    }

    /// Parts that are alike are a cluster of equal nodes, but for the latency of the core.
    @RepeatedTest(5)
    void equalPartsAreOneCluster(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        int stages = 1 << random.nextInt(0, 3);
        var strategy = strategy(RankGrid.of(8, stages, 4 / stages), Sharding.NONE);
        TrainingJob whole = Jobs.a100(Jobs.gpt(8, 1024, 8), 16, strategy, "megatron-2022", "default");
        TrainingJob parts = Jobs.onParts(
                whole.model(), 16, strategy, "megatron-2022", List.of("dgx-a100-80gb", "dgx-a100-80gb"), List.of(2, 2));
        assertEquals(stepNanos(whole), stepNanos(parts), 1e-3 * stepNanos(whole), strategy.toString());
    }

    /// Without a pipeline, replicas of different speed end together where each has as many micro-batches as it is
    /// quick; the reduction waits for the last in any case.
    @Test
    void theReductionWaitsForTheSlowestReplica() {
        RankGrid grid = RankGrid.of(8, 1, 2);
        TrainingJob even = onA100AndH100(grid, 12);
        long evenly = stepNanos(even);
        long unevenly = stepNanos(even.with(even.cluster(), even.strategy().withMicroBatches(List.of(4, 8))));
        long wrongly = stepNanos(even.with(even.cluster(), even.strategy().withMicroBatches(List.of(8, 4))));
        double slow = new StepCompiler(even, Detail.CHUNK).layerTimes().get(0).nanos(0, 8, true, true);
        assertEquals(2 * slow, wrongly - evenly, 0.01 * slow);
        assertTrue(unevenly < evenly - slow, unevenly + " " + evenly);
    }

    @Test
    void microBatchesMustAddUp() {
        TrainingJob even = onA100AndH100(RankGrid.of(8, 1, 2), 12);
        for (List<Integer> wrong : List.of(List.of(12), List.of(6, 7), List.of(0, 12))) {
            var strategy = even.strategy().withMicroBatches(wrong);
            assertThrows(IllegalArgumentException.class, () -> even.with(even.cluster(), strategy));
        }
    }
}
