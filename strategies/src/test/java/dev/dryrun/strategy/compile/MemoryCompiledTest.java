// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.sim.program.MemoryTimeline;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.memory.MemoryCategory;
import dev.dryrun.strategy.memory.StageMemory;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.recompute.Choices;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Memory along compiled programs.
class MemoryCompiledTest {
    /// Of every category as much is freed in a step as is allocated, whatever the schedule, the sharding and the
    /// recomputation; the peak is what a replay of the finest instructions one by one finds, and lies in the same
    /// micro-batch.
    @RepeatedTest(200)
    void allIsFreedAndThePeakIsThatOfAReplay(RepetitionInfo repetition) {
        TrainingJob job = randomJob(new SplittableRandom(7000 + repetition.getCurrentRepetition()));
        StepPlan chunks = new StepCompiler(job, Detail.CHUNK).compile();
        StepPlan kernels = new StepCompiler(job, Detail.KERNEL).compile();
        for (int stage = 0; stage < job.strategy().stages(); stage++) {
            String what = "stage " + stage + " of " + job.strategy();
            Program program = chunks.programs().get(stage);
            MemoryTimeline timeline = MemoryTimeline.of(program, chunks.tables());
            assertTrue(
                    IntStream.range(0, timeline.endByCategory().length)
                            .allMatch(category -> timeline.endByCategory()[category] == 0),
                    what);
            Replay replay = new Replay();
            replay.run(kernels, stage);
            assertEquals(replay.highest, timeline.peakBytes(), what);
            assertArrayEquals(replay.highestByCategory, padded(timeline.peakByCategory()), what);
            assertEquals(replay.microBatch, program.detail(timeline.peakInstruction()), what);
            for (long bytes : timeline.peakByCategory()) {
                assertTrue(bytes >= 0, what);
            }
        }
    }

    /// Adds up every instruction's change on its own.
    private static final class Replay {
        private final long[] now = new long[MemoryCategory.values().length];
        private long[] highestByCategory = now.clone();
        private long highest;
        private int microBatch = Program.NONE;

        void run(StepPlan plan, int stage) {
            Program program = plan.programs().get(stage);
            for (int i = 0; i < program.size(); i++) {
                if (program.opcode(i) == Program.BLOCK) {
                    MemoryDelta delta = plan.tables().block(program.operand(i)).memory();
                    look(delta.peakByCategory(), program.detail(i));
                    add(delta.netByCategory(), now);
                }
            }
        }

        private void look(long[] above, int atMicroBatch) {
            long[] here = now.clone();
            add(above, here);
            long total = IntStream.range(0, here.length).mapToLong(c -> here[c]).sum();
            if (microBatch == Program.NONE || total > highest) {
                highest = total;
                highestByCategory = here;
                microBatch = atMicroBatch;
            }
        }

        private static void add(long[] some, long[] to) {
            for (int category = 0; category < some.length; category++) {
                to[category] += some[category];
            }
        }
    }

    /// Beside the shares are whole: embedding with the tied head and their gradients, and of layers the parameters of
    /// two, one in use and one gathered ahead, and the gradients of two, one being made and one being reduced. Where
    /// layers are not freed between the passes, all are whole when the first one runs backward, which makes the first
    /// gradient; each further one frees as much as it makes. A layer's 16-bit parameters are more than its activations
    /// here, so that those decide where the peak is.
    @ParameterizedTest
    @CsvSource({"true, 2, 2", "false, 12, 1"})
    void whatIsWholeOfSharedParameters(boolean reshards, int layersWhole, int gradientsWhole) {
        var strategy = new ParallelStrategy(
                        RankGrid.of(1, 1, 8), false, "1f1b", 1, false, Sharding.PARAMETERS, 1, Recompute.FULL)
                .with(new ParameterSharding(0, reshards, true));
        TrainingJob job = Jobs.a100(Jobs.gpt(12, 4096, 32), 16, strategy, "te-2024", "default");
        var counts = new ParameterCounts(job.model(), LayerCut.NONE);
        double ends = counts.ends(true, true);
        StageMemory memory = StageMemory.of(job, new StepCompiler(job, Detail.CHUNK).compile())
                .getFirst();
        Map<MemoryCategory, Double> held = memory.byCategory();
        assertEquals(
                2 * (ends + layersWhole * counts.block(0).total()), held.get(MemoryCategory.GATHERED_PARAMETERS), 1);
        assertEquals(2 * (ends + gradientsWhole * counts.block(0).total()), held.get(MemoryCategory.COMMUNICATION), 1);
        assertEquals(
                memory.deviceBytes(),
                held.values().stream().mapToDouble(bytes -> bytes).sum(),
                1);
    }

    /// With one replica nothing is gathered, and nobody is owed a share.
    @Test
    void nothingIsGatheredWithoutReplicas() {
        var strategy = new ParallelStrategy(
                RankGrid.of(1, 1, 1), false, "1f1b", 1, false, Sharding.PARAMETERS, 1, Recompute.FULL);
        TrainingJob job = Jobs.a100(Jobs.gpt(4, 1024, 16), 4, strategy, "te-2024", "default");
        Map<MemoryCategory, Double> held = StageMemory.of(job, new StepCompiler(job, Detail.CHUNK).compile())
                .getFirst()
                .byCategory();
        assertTrue(!held.containsKey(MemoryCategory.GATHERED_PARAMETERS)
                && !held.containsKey(MemoryCategory.COMMUNICATION));
    }

    private static long[] padded(long[] bytes) {
        return java.util.Arrays.copyOf(bytes, MemoryCategory.values().length);
    }

    private static TrainingJob randomJob(SplittableRandom random) {
        int tensor = 1 << random.nextInt(2);
        int stages = 1 << random.nextInt(3);
        int data = random.nextInt(1, 4);
        int microBatches = stages * 2 * random.nextInt(1, 4);
        List<PipelineSchedule> able = PipelineSchedules.ALL.stream()
                .filter(schedule -> schedule.problemWith(stages, 1, microBatches) == null
                        || schedule.problemWith(stages, 2, microBatches) == null)
                .toList();
        PipelineSchedule schedule = able.get(random.nextInt(able.size()));
        int chunks = schedule.problemWith(stages, 1, microBatches) == null
                        && (random.nextBoolean() || schedule.problemWith(stages, 2, microBatches) != null)
                ? 1
                : 2;
        Sharding sharding = Sharding.values()[random.nextInt(Sharding.values().length)];
        return Jobs.a100(
                Jobs.gpt(8 * random.nextInt(1, 3), 512, 8),
                (long) data * microBatches,
                new ParallelStrategy(
                                RankGrid.of(tensor, stages, data),
                                tensor > 1 && random.nextBoolean(),
                                schedule.name(),
                                chunks,
                                false,
                                sharding,
                                1,
                                Recompute.NONE)
                        .with(Choices.random(random, !sharding.sharesParameters()))
                        .with(new ParameterSharding(0, random.nextBoolean(), random.nextBoolean())),
                random.nextBoolean() ? "megatron-2022" : "te-2024",
                "default");
    }
}
