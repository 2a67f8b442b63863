// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.hardware.topology.Degraded;
import dev.dryrun.sim.program.Call;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.sim.sharing.Phase;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Grids;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.recompute.Choices;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepCompilerTest {
    private static final List<String> STACKS =
            List.of("megatron-2020", "megatron-2021", "megatron-2022", "megatron-deepspeed", "te-2024");
    private static final List<String> STACKS_THAT_BATCH =
            List.of("megatron-2020", "megatron-2021", "megatron-2022", "te-2024");

    /// One representative of each class and every rank for itself: times differ by no more than the rounding to a tick
    /// at each change of rate, of which there are fewer than events.
    @RepeatedTest(40)
    void foldedEqualsFull(RepetitionInfo repetition) {
        TrainingJob job = randomJob(new SplittableRandom(repetition.getCurrentRepetition()), 64);
        StepPlan full = new StepCompiler(job, Detail.CHUNK).compile();
        StepPlan folded = Fold.of(full);
        StepOutcome ofAll = StepExecutor.execute(full);
        StepOutcome ofClasses = StepExecutor.execute(folded);
        assertTrue(ofAll.deadlock().isEmpty(), () -> job.strategy() + " " + ofAll.deadlock());
        assertEquals(full.ranks(), folded.ranks());
        String what = job.strategy().toString();
        assertWithin(ofAll.events(), ofAll.stepNanos(), ofClasses.stepNanos(), what);
        assertArrayEquals(mean(full, ofAll), mean(folded, ofClasses), (double) ofAll.events(), what);
    }

    /// A node with a slow interface or slow links is no longer folded with the others, and times stay those of all
    /// ranks.
    @RepeatedTest(20)
    void foldedEqualsFullWherePartsAreDegraded(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(3000 + repetition.getCurrentRepetition());
        TrainingJob whole = randomJob(random, 64);
        int node = random.nextInt(whole.cluster().nodes());
        boolean inside = whole.cluster().nodes() == 1 || random.nextBoolean();
        String part = inside ? "node " + node + " gpu 1" : "node " + node + " nic 3";
        TrainingJob job = Jobs.onCluster(
                whole,
                whole.cluster().withDegraded(List.of(new Degraded(Objects.requireNonNull(Degraded.part(part)), 0.25))));
        StepPlan full = new StepCompiler(job, Detail.CHUNK).compile();
        StepOutcome ofAll = StepExecutor.execute(full);
        StepOutcome ofClasses = StepExecutor.execute(Fold.of(full));
        String what = part + " " + job.strategy();
        assertWithin(ofAll.events(), ofAll.stepNanos(), ofClasses.stepNanos(), what);
        StepOutcome healthy = StepExecutor.execute(Fold.of(new StepCompiler(whole, Detail.CHUNK).compile()));
        assertTrue(ofClasses.stepNanos() >= healthy.stepNanos() - healthy.events(), what);
    }

    /// Tensor groups of 8 on a node with links of a quarter of their bandwidth take longer there, whether or not that
    /// node holds the first replica, and the step waits for them.
    @ParameterizedTest
    @CsvSource({"0", "1", "3"})
    void aNodeWithSlowLinksHoldsUpTheStep(int node) {
        var strategy =
                new ParallelStrategy(RankGrid.of(8, 1, 4), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE);
        TrainingJob whole = Jobs.a100(Jobs.gpt(4, 2048, 16), 16, strategy, "megatron-2022", "selene");
        var slow = new Degraded(Objects.requireNonNull(Degraded.part("node " + node + " gpu 5")), 0.25);
        TrainingJob job = Jobs.onCluster(whole, whole.cluster().withDegraded(List.of(slow)));
        StepPlan folded = Fold.of(new StepCompiler(job, Detail.CHUNK).compile());
        long healthy = StepExecutor.execute(Fold.of(new StepCompiler(whole, Detail.CHUNK).compile()))
                .stepNanos();
        assertTrue(StepExecutor.execute(folded).stepNanos() > 1.05 * healthy);
        assertTrue(folded.members() < 32, "healthy nodes are still one class");
    }

    /// In whichever order ranks are counted: tensor groups across nodes, replicas next to each other, stages fastest;
    /// and with two ranks for a sequence, which share its weights.
    @RepeatedTest(30)
    void foldedEqualsFullInAnyOrderOfRanks(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(5000 + repetition.getCurrentRepetition());
        TrainingJob usual = randomJob(random, 64);
        RankGrid grid = usual.strategy().grid().withContext(random.nextInt(1, 3));
        TrainingJob job = Jobs.onGrid(usual, grid.inOrder(Grids.inRandomOrder(random, RankGrid.USUAL)));
        StepPlan full = new StepCompiler(job, Detail.CHUNK).compile();
        StepPlan folded = Fold.of(full);
        StepOutcome ofAll = StepExecutor.execute(full);
        StepOutcome ofClasses = StepExecutor.execute(folded);
        assertTrue(ofAll.deadlock().isEmpty(), () -> job.strategy() + " " + ofAll.deadlock());
        assertWithin(
                ofAll.events(),
                ofAll.stepNanos(),
                ofClasses.stepNanos(),
                job.strategy().toString());
    }

    /// With tensor groups across nodes, each group's collectives take the time of its own way: a pass as one
    /// instruction still takes as long as kernel by kernel.
    @RepeatedTest(20)
    void detailsAreEqualInAnyOrderOfRanks(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(6000 + repetition.getCurrentRepetition());
        TrainingJob usual = randomJob(random, 1);
        while (usual.strategy().stages() > 1
                && usual.stack().pipelineTransfers() == Stack.PipelineTransfers.OVERLAPPED) {
            usual = randomJob(random, 1);
        }
        RankGrid grid = usual.strategy().grid();
        TrainingJob job = Jobs.onGrid(usual, grid.inOrder(Grids.inRandomOrder(random, RankGrid.USUAL)));
        StepOutcome coarse = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        StepOutcome fine = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.KERNEL).compile()));
        assertWithin(
                fine.events(),
                coarse.stepNanos(),
                fine.stepNanos(),
                job.strategy().toString());
    }

    /// A pass as one instruction, layer by layer or kernel by kernel: the same to a tick per event, with a host that is
    /// ahead and nothing that contends within a pass: one replica, and messages that are waited for. (Where reductions
    /// run beside a pass, a whole pass is slowed by the mean of its parts; a message beside it shares links with its
    /// tensor group.)
    @RepeatedTest(20)
    void detailsAreEqual(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(1000 + repetition.getCurrentRepetition());
        TrainingJob job = randomJob(random, 1);
        while (job.strategy().stages() > 1 && job.stack().pipelineTransfers() == Stack.PipelineTransfers.OVERLAPPED) {
            job = randomJob(random, 1);
        }
        StepOutcome coarse = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        for (Detail detail : List.of(Detail.LAYER, Detail.KERNEL)) {
            StepOutcome fine = StepExecutor.execute(Fold.of(new StepCompiler(job, detail).compile()));
            assertWithin(fine.events(), coarse.stepNanos(), fine.stepNanos(), detail + " " + job.strategy());
        }
    }

    /// Collectives chunk by chunk take the step as long as those played as a whole but for how they meet on links:
    /// chunks of two that share a link leave each other gaps that two wholes do not. Alone both grains differ by up to
    /// 3 %, of the part of a step that is communication.
    @RepeatedTest(20)
    void grainsAgree(RepetitionInfo repetition) {
        TrainingJob job = randomJob(new SplittableRandom(4000 + repetition.getCurrentRepetition()), 32);
        long whole = StepExecutor.execute(new StepCompiler(job, Detail.LAYER).compile())
                .stepNanos();
        long chunked = StepExecutor.execute(new StepCompiler(job, Detail.LAYER, Grain.CHUNKED).compile())
                .stepNanos();
        assertEquals(
                whole,
                chunked,
                0.03 * whole,
                () -> job.strategy() + " " + job.stack().name());
    }

    @RepeatedTest(20)
    void breakdownAddsUpToTheStep(RepetitionInfo repetition) {
        TrainingJob job = randomJob(new SplittableRandom(2000 + repetition.getCurrentRepetition()), 64);
        StepOutcome outcome = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        for (long[] exposed : outcome.exposedNanos()) {
            assertEquals(outcome.stepNanos(), Arrays.stream(exposed).sum());
        }
        assertEquals(outcome.stepNanos(), Arrays.stream(outcome.criticalNanos()).sum());
    }

    /// Bubble over ideal time is (p-1)/m, interleaved (p-1)/(v m), for equal stages and messages that cost nothing next
    /// to the passes. Source: Narayanan et al., SC 2021, arXiv:2104.04473, sections 2.2.1 and 2.2.2.
    ///
    /// Derivation of the tolerance: each of the p-1 fills and drains also holds the latency of two messages, and
    /// embedding and head make the ends unequal by their share of a stage, kept below 1 % here by a tiny vocabulary's
    /// share of 64 layers.
    @ParameterizedTest
    @CsvSource({
        "1f1b, 4, 1, 8",
        "1f1b, 8, 1, 16",
        "interleaved-1f1b, 4, 2, 8",
        "interleaved-1f1b, 4, 4, 16",
        "gpipe, 4, 1, 8"
    })
    void bubbleIsThatOfTheSchedule(String schedule, int stages, int chunks, int microBatches) {
        TrainingJob job = Jobs.a100(
                Jobs.gptWithVocabulary(64, 8192, 64, 128),
                microBatches,
                new ParallelStrategy(
                        RankGrid.of(1, stages, 1), false, schedule, chunks, false, Sharding.NONE, 1, Recompute.NONE),
                "megatron-2021",
                "default");
        StepOutcome outcome = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        double ideal = 0;
        for (long[] exposed : outcome.exposedNanos()) {
            ideal += (double) exposed[Category.COMPUTE.ordinal()] / stages;
        }
        long waits = 0;
        for (long[] exposed : outcome.exposedNanos()) {
            waits += exposed[Category.BUBBLE.ordinal()]
                    + exposed[Category.IMBALANCE.ordinal()]
                    + exposed[Category.PIPELINE_COMM.ordinal()];
        }
        double bubbleOverIdeal = waits / ideal / stages;
        double expected = (stages - 1.0) / (chunks * microBatches);
        assertEquals(expected, bubbleOverIdeal, 0.03 + 0.1 * expected);
    }

    /// ZeRO-1, and with one micro-batch ZeRO-2, moves as much as a plain all-reduce: a reduce-scatter of the gradients
    /// and an all-gather of the parameters, P bytes-per-element each over the group. Source: Rajbhandari et al., 2020,
    /// arXiv:1910.02054, section 7.
    @Test
    void shardedOptimizerReducesAndGathersEachParameterOnce() {
        for (Sharding sharding : List.of(Sharding.NONE, Sharding.OPTIMIZER, Sharding.GRADIENTS)) {
            TrainingJob job = Jobs.a100(
                    Jobs.gpt(8, 2048, 16),
                    8,
                    new ParallelStrategy(RankGrid.of(1, 1, 8), false, "1f1b", 1, false, sharding, 1, Recompute.NONE),
                    "megatron-2021",
                    "default");
            StepPlan plan = new StepCompiler(job, Detail.CHUNK).compile();
            Program program = plan.program(0);
            double parameters =
                    new ParameterCounts(job.model(), LayerCut.NONE).all().total();
            int sendingLink = job.cluster().network().route(0, 1).resources()[0];
            double sent = 0;
            for (int i = 0; i < program.size(); i++) {
                if (program.opcode(i) == Program.CALL) {
                    Call call = plan.tables().call(program.operand(i));
                    assertEquals(Layout.DATA, call.slot());
                    Activity activity = plan.transfers().activity(plan.groupOf()[Layout.DATA], call.transfer());
                    sent += bytesOver(sendingLink, activity);
                }
            }
            // 2 (n-1)/n of two bytes a parameter either way, n = 8, at the ring's share of the link.
            double expected = 2
                    * 7.0
                    / 8
                    * 2
                    * parameters
                    / job.library().linkEfficiency("nvlink3").ring();
            // Gathers and reduce-scatters fill their pipeline first, which the library counts as bytes that a sum does
            // not have.
            double fills = sharding == Sharding.NONE
                    ? 0
                    : 2
                            * job.library().fillBytes()
                            / job.library().linkEfficiency("nvlink3").ring();
            assertEquals(expected + fills, sent, 1e-6 * expected, sharding.toString());
        }
    }

    private static void assertWithin(long ticks, long expectedNanos, long nanos, String what) {
        assertTrue(
                Math.abs(nanos - expectedNanos) <= ticks, () -> what + ": " + expectedNanos + " and " + nanos + " ns");
    }

    private static double bytesOver(int resource, Activity activity) {
        double bytes = 0;
        for (Phase phase : activity.phases()) {
            for (int i = 0; i < phase.footprint().size(); i++) {
                if (phase.footprint().resources()[i] == resource) {
                    bytes += phase.work() * phase.footprint().usagePerUnit()[i];
                }
            }
        }
        return bytes;
    }

    private static double[] mean(StepPlan plan, StepOutcome outcome) {
        double[] mean = new double[Category.values().length];
        for (int member = 0; member < plan.members(); member++) {
            for (int c = 0; c < mean.length; c++) {
                mean[c] += (double) outcome.exposedNanos()[member][c] * plan.ranksOf()[member] / plan.ranks();
            }
        }
        return mean;
    }

    /// A strategy whose host is always ahead.
    ///
    /// @param gpus at most, if tensor and pipeline leave room for replicas
    private static TrainingJob randomJob(SplittableRandom random, int gpus) {
        int tensor = 1 << random.nextInt(4);
        int stages = 1 << random.nextInt(3);
        int data = random.nextInt(1, Math.max(1, gpus / (tensor * stages)) + 1);
        int chunks = stages > 1 && random.nextBoolean() ? 2 : 1;
        List<Sharding> shardings = List.of(Sharding.values());
        int group = random.nextBoolean() ? 0 : 1 << random.nextInt(3);
        int microBatches = stages * random.nextInt(1, 4);
        String schedule = chunks > 1 ? "interleaved-1f1b" : random.nextBoolean() ? "1f1b" : "gpipe";
        // Sends that go one after the other, before receives, hold each other up around an interleaved pipeline.
        List<String> stacks = chunks > 1 ? STACKS_THAT_BATCH : STACKS;
        String stack = stacks.get(random.nextInt(stacks.size()));
        Sharding sharding = shardings.get(random.nextInt(shardings.size()));
        return Jobs.a100(
                Jobs.gpt(8 * random.nextInt(1, 3), 4096, 32),
                (long) data * microBatches,
                new ParallelStrategy(
                                RankGrid.of(tensor, stages, data),
                                tensor > 1 && random.nextBoolean(),
                                schedule,
                                chunks,
                                false,
                                sharding,
                                1,
                                Recompute.NONE)
                        .with(Choices.random(random, !sharding.sharesParameters()))
                        .with(new ParameterSharding(
                                group > 0 && data % group == 0 ? group : 0,
                                random.nextBoolean(),
                                random.nextBoolean())),
                stack,
                "default");
    }
}
