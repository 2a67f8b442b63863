// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.program.Call;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.Interludes;
import dev.dryrun.strategy.job.LocalSteps;
import dev.dryrun.strategy.job.Numerics;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Reduction;
import dev.dryrun.strategy.job.Scaling;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StepKindsTest {
    private static final int LAYERS = 4;

    private static TrainingJob job(int data, int microBatches, Sharding sharding, String stack) {
        var strategy =
                new ParallelStrategy(RankGrid.of(1, 1, data), false, "1f1b", 1, false, sharding, 1, Recompute.NONE);
        return Jobs.a100(Jobs.gpt(LAYERS, 2048, 16), (long) data * microBatches, strategy, stack, "default");
    }

    /// Bytes that leave the first GPU's links for collectives of replicas.
    private static double sent(TrainingJob job, StepKind kind) {
        StepPlan plan = new StepCompiler(job, Detail.CHUNK).compile(kind);
        Program program = plan.program(0);
        int link = job.cluster().network().route(0, 1).resources()[0];
        double sent = 0;
        for (int i = 0; i < program.size(); i++) {
            if (program.opcode(i) != Program.CALL) {
                continue;
            }
            Call call = plan.tables().call(program.operand(i));
            for (var phase : plan.transfers()
                    .activity(plan.groupOf()[call.slot()], call.transfer())
                    .phases()) {
                for (int r = 0; r < phase.footprint().size(); r++) {
                    boolean over = phase.footprint().resources()[r] == link;
                    sent += over ? phase.work() * phase.footprint().usagePerUnit()[r] : 0;
                }
            }
        }
        return sent;
    }

    private static long nanos(TrainingJob job, StepKind kind) {
        return StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile(kind)))
                .stepNanos();
    }

    /// 500 inner steps communicate 500 times less than a reduction of fp32 gradients in each: arXiv:2311.08105,
    /// abstract.
    @Test
    void localStepsCommunicateOnceInFiveHundred() {
        TrainingJob each = job(8, 2, Sharding.NONE, "megatron-2022");
        double always = sent(each, StepKind.TRAINING);
        TrainingJob fp32 = Jobs.trained(
                each, each.training().with(each.training().precision(), new Numerics(Scaling.DELAYED, true, false, 4)));
        assertEquals(always, sent(fp32, StepKind.TRAINING), "the stack reduces fp32 gradients");
        TrainingJob local = Jobs.trained(each, each.training().with(Reduction.USUAL, new LocalSteps(500, true)));
        assertEquals(0, sent(local, StepKind.TRAINING));
        double mean = (499 * sent(local, StepKind.TRAINING) + sent(local, StepKind.OUTER)) / 500;
        assertEquals(always / 500, mean, 1e-9 * always);
    }

    /// Groups that share a copy still gather and reduce within; their shares meet over the copies in the outer step
    /// only.
    @Test
    void groupsKeepToThemselvesBetweenOuterSteps() {
        TrainingJob whole = job(16, 1, Sharding.PARAMETERS, "fsdp-eager");
        var groups = new ParameterSharding(8, true, true);
        TrainingJob hybrid = Jobs.trained(
                new TrainingJob(
                        whole.name(),
                        whole.model(),
                        whole.cluster(),
                        whole.accelerator(),
                        whole.library(),
                        whole.training(),
                        whole.strategy().with(groups),
                        whole.stack(),
                        whole.site()),
                whole.training().with(Reduction.USUAL, new LocalSteps(10, true)));
        assertEquals(0, calls(hybrid, StepKind.TRAINING, Layout.COPIES));
        assertEquals(1, calls(hybrid, StepKind.OUTER, Layout.COPIES));
        assertTrue(calls(hybrid, StepKind.TRAINING, Layout.SHARD) > 0);
    }

    private static int calls(TrainingJob job, StepKind kind, int slot) {
        StepPlan plan = new StepCompiler(job, Detail.CHUNK).compile(kind);
        Program program = plan.program(0);
        int calls = 0;
        for (int i = 0; i < program.size(); i++) {
            boolean here = program.opcode(i) == Program.CALL
                    && plan.tables().call(program.operand(i)).slot() == slot;
            calls += here ? 1 : 0;
        }
        return calls;
    }

    /// With m micro-batches, reducing in each is m times the traffic; sharded parameters reduce each of their units,
    /// the layers and the two ends as one, once with `no_sync` and m times without.
    @Test
    void reductionsHappenWhenTheyAreAskedFor() {
        TrainingJob once = job(8, 4, Sharding.NONE, "megatron-2022");
        TrainingJob each = Jobs.trained(once, once.training().with(Reduction.EACH_MICRO_BATCH, LocalSteps.NONE));
        assertEquals(4 * sent(once, StepKind.TRAINING), sent(each, StepKind.TRAINING), 1);
        TrainingJob usual = job(8, 4, Sharding.PARAMETERS, "fsdp-eager");
        TrainingJob last = Jobs.trained(usual, usual.training().with(Reduction.LAST_MICRO_BATCH, LocalSteps.NONE));
        int spared = calls(usual, StepKind.TRAINING, Layout.DATA) - calls(last, StepKind.TRAINING, Layout.DATA);
        // On one stage embedding, and head, are an end each, reduced together.
        assertEquals(3 * (LAYERS + 1), spared);
    }

    @Test
    void gradientsInHalfTheBytesAreHalfTheTraffic() {
        TrainingJob fp32 = job(8, 1, Sharding.NONE, "megatron-2022");
        TrainingJob bf16 = Jobs.trained(
                fp32, fp32.training().with(fp32.training().precision(), new Numerics(Scaling.DELAYED, true, false, 2)));
        assertEquals(sent(fp32, StepKind.TRAINING) / 2, sent(bf16, StepKind.TRAINING), 1);
    }

    /// Forward passes alone, one after the other: twice as many take twice as long, less than half of what they take
    /// with backward passes, whose products are twice as many.
    @Test
    void evaluationIsForwardOnly() {
        long four = nanos(job(1, 4, Sharding.NONE, "megatron-2022"), StepKind.EVALUATION);
        TrainingJob eight = job(1, 8, Sharding.NONE, "megatron-2022");
        // The host's start counts once.
        long hostNanos = Math.round(eight.stack().hostSecondsPerKernel() * 1e9);
        assertEquals(2.0 * four, (double) nanos(eight, StepKind.EVALUATION), 2.0 * hostNanos);
        assertTrue(2 * nanos(eight, StepKind.EVALUATION) < nanos(eight, StepKind.TRAINING));
    }

    @Test
    void loadingHoldsTheFirstStageUp() {
        TrainingJob none = job(1, 4, Sharding.NONE, "megatron-2022");
        TrainingJob each = Jobs.trained(none, none.training().with(new Interludes(0.005, true, 0, 0)));
        TrainingJob once = Jobs.trained(none, none.training().with(new Interludes(0.005, false, 0, 0)));
        long nanos = nanos(none, StepKind.TRAINING);
        // While it waits the host runs ahead of the first kernel.
        long hostNanos = Math.round(none.stack().hostSecondsPerKernel() * 1e9);
        assertEquals(nanos + 5e6, (double) nanos(once, StepKind.TRAINING), (double) hostNanos);
        assertEquals(nanos + 20e6, (double) nanos(each, StepKind.TRAINING), (double) hostNanos);
    }

    /// Steps of all kinds, with any optimizer, end, and one member of each class stands for the others.
    @RepeatedTest(40)
    void foldedEqualsFull(RepetitionInfo repetition) {
        var random = new SplittableRandom(5000 + repetition.getCurrentRepetition());
        TrainingJob job = randomJob(random);
        for (StepKind kind : StepKind.values()) {
            StepPlan full = new StepCompiler(job, Detail.CHUNK).compile(kind);
            StepOutcome ofAll = StepExecutor.execute(full);
            StepOutcome ofClasses = StepExecutor.execute(Fold.of(full));
            String what = kind + " " + job.strategy() + " " + job.training();
            assertTrue(ofAll.deadlock().isEmpty(), what);
            assertEquals((double) ofAll.stepNanos(), (double) ofClasses.stepNanos(), (double) ofAll.events(), what);
        }
    }

    /// A step as whole passes, layer by layer or kernel by kernel, where nothing contends within a pass.
    @RepeatedTest(10)
    void detailsAreEqual(RepetitionInfo repetition) {
        var random = new SplittableRandom(6000 + repetition.getCurrentRepetition());
        Optimizer optimizer = Optimizer.values()[random.nextInt(Optimizer.values().length)];
        var strategy =
                new ParallelStrategy(RankGrid.of(2, 1, 1), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE);
        TrainingJob plain = Jobs.a100(Jobs.gpt(LAYERS, 4096, 32), 2, strategy, "megatron-2022", "default");
        TrainingJob job = Jobs.trained(plain, plain.training().with(optimizer, true));
        StepOutcome coarse = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        for (Detail detail : List.of(Detail.LAYER, Detail.KERNEL)) {
            StepOutcome fine = StepExecutor.execute(Fold.of(new StepCompiler(job, detail).compile()));
            assertEquals(
                    (double) coarse.stepNanos(),
                    (double) fine.stepNanos(),
                    (double) fine.events(),
                    detail + " " + optimizer);
        }
    }

    private static TrainingJob randomJob(SplittableRandom random) {
        int tensor = 1 << random.nextInt(3);
        int stages = 1 << random.nextInt(3);
        int data = 2 * random.nextInt(1, 3);
        boolean groups = random.nextBoolean();
        var strategy = new ParallelStrategy(
                        RankGrid.of(tensor, stages, data),
                        false,
                        "1f1b",
                        1,
                        false,
                        groups ? Sharding.PARAMETERS : Sharding.NONE,
                        1,
                        Recompute.NONE)
                .with(new ParameterSharding(groups ? 2 : 0, random.nextBoolean(), true));
        String stack = List.of("megatron-2021", "megatron-deepspeed", "te-2024").get(random.nextInt(3));
        TrainingJob job = Jobs.a100(
                Jobs.gpt(8, 2048, 16), (long) data * stages * random.nextInt(1, 3), strategy, stack, "default");
        Optimizer optimizer = Optimizer.values()[random.nextInt(Optimizer.values().length)];
        Reduction reduction = Reduction.values()[random.nextInt(3)];
        LocalSteps local = random.nextBoolean() ? LocalSteps.NONE : new LocalSteps(20, random.nextBoolean());
        return Jobs.trained(
                job,
                job.training()
                        .with(optimizer, random.nextBoolean())
                        .with(reduction, local)
                        .with(
                                job.training().precision(),
                                new Numerics(Scaling.DELAYED, random.nextBoolean(), random.nextBoolean(), 0))
                        .with(new Interludes(0.001, random.nextBoolean(), 100, 2)));
    }
}
