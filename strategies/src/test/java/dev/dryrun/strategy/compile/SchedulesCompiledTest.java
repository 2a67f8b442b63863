// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every schedule as steps of a cluster: all end, folded equals full, and all details take as long.
class SchedulesCompiledTest {
    @RepeatedTest(60)
    void foldedEqualsFull(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        PipelineSchedule schedule =
                PipelineSchedules.ALL.get(repetition.getCurrentRepetition() % PipelineSchedules.ALL.size());
        int tensor = 1 << random.nextInt(3);
        int data = random.nextInt(1, 4);
        TrainingJob job = job(schedule, tensor, tensor > 1 && random.nextBoolean(), data, random);
        StepPlan full = new StepCompiler(job, Detail.CHUNK).compile();
        StepOutcome ofAll = StepExecutor.execute(full);
        assertTrue(ofAll.deadlock().isEmpty(), () -> job.strategy() + " " + ofAll.deadlock());
        StepOutcome ofClasses = StepExecutor.execute(Fold.of(full));
        assertEquals(ofAll.stepNanos(), ofClasses.stepNanos(), (double) ofAll.events(), () -> job.strategy() + "");
    }

    /// One GPU a stage: nothing contends within a pass, and details differ by a tick per event.
    @RepeatedTest(20)
    void detailsAreEqual(RepetitionInfo repetition) {
        var random = new SplittableRandom(1000 + repetition.getCurrentRepetition());
        PipelineSchedule schedule =
                PipelineSchedules.ALL.get(repetition.getCurrentRepetition() % PipelineSchedules.ALL.size());
        TrainingJob job = job(schedule, 1, false, 1, random);
        StepOutcome coarse = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        for (Detail detail : List.of(Detail.LAYER, Detail.KERNEL)) {
            StepOutcome fine = StepExecutor.execute(Fold.of(new StepCompiler(job, detail).compile()));
            assertEquals(
                    coarse.stepNanos(), fine.stepNanos(), (double) fine.events(), () -> detail + " " + job.strategy());
        }
    }

    /// The halves of a backward pass hold the kernels of the whole, so that without a tensor group one stage computes
    /// as long either way.
    @ParameterizedTest
    @ValueSource(strings = {"zb-h1", "zb-h2"})
    void splitPassesComputeAsLongAsWhole(String split) {
        long whole = computeNanos("1f1b");
        assertEquals(whole, computeNanos(split), 1e-6 * whole);
    }

    private static long computeNanos(String schedule) {
        TrainingJob job = Jobs.a100(
                Jobs.gpt(4, 1024, 16),
                4,
                new ParallelStrategy(1, false, 1, schedule, 1, false, 1, Sharding.NONE, 1, Recompute.SELECTIVE),
                "megatron-2022",
                "default");
        StepOutcome outcome = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        return outcome.exposedNanos()[0][Category.COMPUTE.ordinal()]
                + outcome.exposedNanos()[0][Category.RECOMPUTE.ordinal()];
    }

    private static TrainingJob job(
            PipelineSchedule schedule, int tensor, boolean sequenceParallel, int data, SplittableRandom random) {
        int stages = 2 << random.nextInt(2);
        int microBatches = 2 * stages * random.nextInt(1, 3);
        int[] possible = IntStream.rangeClosed(1, 3)
                .filter(chunks -> schedule.problemWith(stages, chunks, microBatches) == null)
                .toArray();
        int chunks = possible[random.nextInt(possible.length)];
        List<Recompute> recomputes = List.of(Recompute.values());
        List<String> stacks = List.of("megatron-2020", "megatron-2022", "te-2024");
        return Jobs.a100(
                Jobs.gpt(12 * random.nextInt(1, 3), 2048, 16),
                (long) data * microBatches,
                new ParallelStrategy(
                        tensor,
                        sequenceParallel,
                        stages,
                        schedule.name(),
                        chunks,
                        random.nextBoolean(),
                        data,
                        random.nextBoolean() ? Sharding.OPTIMIZER : Sharding.NONE,
                        1,
                        recomputes.get(random.nextInt(recomputes.size()))),
                stacks.get(random.nextInt(stacks.size())),
                "default");
    }
}
