// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.ContextExchange;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.CatalogModels;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Steps of models of all kinds, by strategies of all kinds.
class LayersCompiledTest {
    private static final String LLAMA = """
        family: llama
        layers: 8
        hidden: 512
        heads: 16
        vocabulary: 4096
        ffn_hidden: 1024
        """;
    private static final List<String> KINDS = List.of(
            "",
            "experts: {count: 8, active: 2, ffn_hidden: 256, shared_ffn_hidden: 512, dense_layers: 1}",
            "experts: {count: 8, active: 1, ffn_hidden: 256, every: 2, biases: true}",
            "latent_attention: {query_rank: 128, key_value_rank: 64, rotary_dimension: 16, value_dimension: 32}",
            "sliding_window: {tokens: 128, every: 2}\nquery_key_norm: true",
            "multi_token_prediction_layers: 1");

    private static ModelArchitecture model(String kind) {
        return CatalogModels.inline(LLAMA + kind + "\n");
    }

    private static TrainingJob random(SplittableRandom random, int number) {
        int tensor = 1 << random.nextInt(3);
        int context = 1 << random.nextInt(2);
        int stages = 1 << random.nextInt(3);
        int data = 1 << random.nextInt(3);
        ModelArchitecture model = model(KINDS.get(number % KINDS.size()));
        RankGrid grid = RankGrid.of(tensor, stages, data).withContext(context);
        int expert = 1 << random.nextInt(4);
        int ofEach = random.nextBoolean() ? 1 : tensor;
        if (model.groups().stream().anyMatch(group -> group.activeParameters() < group.parameters())
                && grid.problemWithExperts(expert, ofEach) == null) {
            grid = grid.withExperts(expert, ofEach);
        }
        int microBatches = stages * 2 * random.nextInt(1, 3);
        PipelineSchedule schedule = able(stages, microBatches, random);
        int chunks = schedule.problemWith(stages, 1, microBatches) == null ? 1 : 2;
        Sharding[] shardings = Sharding.values();
        Sharding sharding = shardings[random.nextInt(shardings.length)];
        var strategy = new ParallelStrategy(
                        grid,
                        tensor > 1 && random.nextBoolean(),
                        schedule.name(),
                        chunks,
                        false,
                        sharding,
                        1,
                        Recompute.values()[random.nextInt(Recompute.values().length)])
                .with(new ParameterSharding(0, random.nextBoolean(), random.nextBoolean()))
                .with(ContextExchange.values()[random.nextInt(ContextExchange.values().length)]);
        return Jobs.a100(model, (long) data * microBatches, strategy, "te-2024", "default");
    }

    private static PipelineSchedule able(int stages, int microBatches, SplittableRandom random) {
        List<PipelineSchedule> able = PipelineSchedules.ALL.stream()
                .filter(schedule -> schedule.problemWith(stages, 1, microBatches) == null
                        || schedule.problemWith(stages, 2, microBatches) == null)
                .toList();
        return able.get(random.nextInt(able.size()));
    }

    /// Up to 128 ranks. Each event may be off by a tick.
    @RepeatedTest(200)
    void foldedEqualsFull(RepetitionInfo repetition) {
        int number = repetition.getCurrentRepetition();
        TrainingJob job = random(new SplittableRandom(number), number);
        StepPlan full = new StepCompiler(job, Detail.CHUNK).compile();
        StepOutcome ofAll = StepExecutor.execute(full);
        assertTrue(ofAll.deadlock().isEmpty(), () -> job.strategy() + " " + ofAll.deadlock());
        StepOutcome ofClasses = StepExecutor.execute(Fold.of(full));
        assertEquals(ofAll.stepNanos(), ofClasses.stepNanos(), (double) ofAll.events(), () -> job.strategy() + "");
    }

    /// Ranks of one replica and stage, whose collectives share nothing with others'.
    @RepeatedTest(40)
    void detailsAreEqual(RepetitionInfo repetition) {
        int number = repetition.getCurrentRepetition();
        TrainingJob job = Jobs.a100(
                model(KINDS.get(number % KINDS.size())),
                4,
                new ParallelStrategy(
                        RankGrid.of(1, 1, 1),
                        false,
                        "1f1b",
                        1,
                        false,
                        Sharding.NONE,
                        1,
                        Recompute.values()[number % Recompute.values().length]),
                "te-2024",
                "default");
        StepOutcome coarse = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        for (Detail detail : List.of(Detail.LAYER, Detail.KERNEL)) {
            StepOutcome fine = StepExecutor.execute(Fold.of(new StepCompiler(job, detail).compile()));
            assertEquals(coarse.stepNanos(), fine.stepNanos(), (double) fine.events(), () -> detail + "");
        }
    }

    /// Tokens of a rank of an EP group go out and come back forward and backward: four all-to-alls a layer of k copies
    /// of each token (Lepikhin et al., 2020, arXiv:2006.16668, section 3.2).
    @Test
    void expertsExchangeEachCopyFourTimes() {
        TrainingJob job = Jobs.a100(
                model(KINDS.get(1)),
                8,
                new ParallelStrategy(
                        RankGrid.of(1, 1, 8).withExperts(4, 1),
                        false,
                        "1f1b",
                        1,
                        false,
                        Sharding.NONE,
                        1,
                        Recompute.NONE),
                "te-2024",
                "default");
        List<Op.Collective> sent = collectives(job, 1);
        assertEquals(4, sent.size());
        for (Op.Collective collective : sent) {
            assertEquals(CollectiveKind.ALL_TO_ALL, collective.kind());
            assertEquals(2 * 2048.0 * 2 * 512, collective.bytes());
        }
    }

    /// Keys and values of a sequence, 16 heads of 32 each, come round once forward and, with their gradients, once
    /// backward.
    @Test
    void ringsPassKeysAndValues() {
        var strategy = new ParallelStrategy(
                RankGrid.of(1, 1, 1).withContext(4), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE);
        TrainingJob job = Jobs.a100(model(""), 1, strategy, "te-2024", "default");
        double once = 2.0 * 2048 * 2 * 512;
        assertEquals(
                List.of(once, 2 * once),
                collectives(job, 0).stream().map(Op.Collective::bytes).toList());
        assertEquals(
                List.of(once, once, once),
                collectives(Jobs.a100(model(""), 1, strategy.with(ContextExchange.ALL_GATHER), "te-2024", "default"), 0)
                        .stream()
                        .map(Op.Collective::bytes)
                        .toList());
    }

    /// A ring that is hidden behind attention costs the share of compute units that its messages hold, whatever the
    /// stack's chunks of products lose beside tensor traffic.
    @Test
    void hiddenRingsCostTheUnitsTheirMessagesHold() {
        var strategy = new ParallelStrategy(
                RankGrid.of(1, 1, 1).withContext(2), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE);
        TrainingJob job = Jobs.a100(Jobs.model("llama2-7b"), 1, strategy, "te-2024", "default");
        StepOutcome outcome = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        int context = Category.CONTEXT_COMM.ordinal();
        double exposed = outcome.exposedNanos()[0][context];
        double busy = outcome.busyNanos()[0][context];
        double channels = job.library().messageChannels();
        // 64 collectives, each rounded to a nanosecond twice
        assertEquals(busy * channels / job.accelerator().computeUnits(), exposed, 128);
    }

    /// Of a block of a group, forward and backward.
    private static List<Op.Collective> collectives(TrainingJob job, int group) {
        LayerDimensions sizes = LayerDimensions.of(job.model(), job.training(), job.strategy(), 1);
        var times = new KernelTimes(
                new KernelModel(job.accelerator(), 1),
                sizes,
                job.stack(),
                job.training().precision(),
                job.training().numerics().scaling(),
                1,
                job.accelerator().peak16BitFlopsPerSecond());
        var passes = new LayerPasses(
                StepKernels.of(job, times, sizes, 1),
                job.model().groups().get(group).steps(job.strategy().layerCut()));
        return Stream.concat(passes.forward(Category.COMPUTE).stream(), passes.backward().stream())
                .flatMap(op -> switch (op) {
                    case Op.Collective collective -> Stream.of(collective);
                    case Op.Beside beside -> Stream.of(beside.collective());
                    case Op.Kernel ignored -> Stream.<Op.Collective>of();
                    case Op.Memory ignored -> Stream.<Op.Collective>of();
                })
                .toList();
    }
}
