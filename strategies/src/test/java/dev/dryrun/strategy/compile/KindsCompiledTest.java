// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.Packing;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.Adapters;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Steps of models whose layers are not all attention and MLP, one after the other.
class KindsCompiledTest {
    private static final String RWKV = "family: rwkv\nlayers: 8\nhidden: 2048\nvocabulary: 50277\nrecurrence: ";
    private static final String MAMBA = "family: mamba\nlayers: 8\nhidden: 2048\nvocabulary: 50280\nrecurrence: ";
    private static final String HYBRID = """
        family: llama
        layers: 8
        hidden: 2048
        heads: 32
        ffn_hidden: 8192
        vocabulary: 50000
        recurrence: {kind: mamba, attention_every: 4}
        """;
    private static final String SERIAL = """
        family: gpt
        layers: 8
        hidden: 2048
        heads: 16
        vocabulary: 50000
        rotary: true
        """;
    private static final String DILATED =
            SERIAL + "dilated_attention: {segments: [512, 1024, 8192], rates: [1, 2, 16]}";
    private static final String ENCODER_DECODER = """
        family: t5
        layers: 4
        encoder_layers: 4
        hidden: 2048
        heads: 16
        ffn_hidden: 8192
        vocabulary: 32128
        """;
    private static final String ONE_NORM = SERIAL + "parallel_layers: true";
    private static final String TWO_NORMS = ONE_NORM + "\nparallel_norms: 2";
    private static final String RWKV7 = "{kind: rwkv7, decay_rank: 64, rate_rank: 64, value_rank: 32, gate_rank: 128}";

    static ModelArchitecture model(String yaml) {
        var problems = new Problems();
        ModelArchitecture model = ModelArchitecture.read(
                Document.read("model.yaml", yaml, problems).root());
        problems.throwIfAny();
        return model;
    }

    /// As the others, with adapters beside every matrix.
    @ParameterizedTest
    @ValueSource(strings = {SERIAL, ONE_NORM, HYBRID, MAMBA + "{kind: mamba2}"})
    void foldedEqualsFullWithAdapters(String yaml) {
        check(model(yaml), new Adapters(16, true, true, false));
        check(model(yaml), new Adapters(16, true, false, true));
    }

    private static TrainingJob job(ModelArchitecture model, Adapters adapters, SplittableRandom random, int replicas) {
        int tensor = 1 << random.nextInt(3);
        int stages = 1 << random.nextInt(3);
        int data = random.nextInt(1, replicas + 1);
        List<Sharding> shardings = List.of(Sharding.values());
        List<Recompute> recomputes = List.of(Recompute.values());
        var strategy = new ParallelStrategy(
                RankGrid.of(tensor, stages, data),
                tensor > 1 && random.nextBoolean(),
                "1f1b",
                1,
                false,
                shardings.get(random.nextInt(shardings.size())),
                1,
                recomputes.get(random.nextInt(recomputes.size())));
        TrainingJob job = Jobs.a100(model, 4L * data, strategy, "megatron-2022", "default");
        return Jobs.trained(job, job.training().with(adapters));
    }

    /// As in StepCompilerTest: one of each class and every rank for itself; one instruction for a pass, layers and
    /// kernels, with one replica.
    @ParameterizedTest
    @ValueSource(
            strings = {
                RWKV + "{kind: rwkv4}",
                RWKV + "{kind: rwkv5}",
                RWKV + "{kind: rwkv6, piece: 64}",
                RWKV + RWKV7,
                MAMBA + "{kind: mamba}",
                MAMBA + "{kind: mamba2}",
                HYBRID,
                ONE_NORM,
                DILATED,
                TWO_NORMS,
            })
    void foldedEqualsFullAndDetailsAreEqual(String yaml) {
        check(model(yaml), Adapters.NONE);
    }

    private static void check(ModelArchitecture model, Adapters adapters) {
        for (int seed = 0; seed < 6; seed++) {
            TrainingJob many = job(model, adapters, new SplittableRandom(seed), 4);
            StepPlan full = new StepCompiler(many, Detail.CHUNK).compile();
            StepOutcome ofAll = StepExecutor.execute(full);
            StepOutcome ofClasses = StepExecutor.execute(Fold.of(full));
            assertEquals(ofAll.stepNanos(), ofClasses.stepNanos(), (double) ofAll.events(), many.strategy()::toString);
            TrainingJob one = job(model, adapters, new SplittableRandom(seed), 1);
            StepOutcome coarse = StepExecutor.execute(Fold.of(new StepCompiler(one, Detail.CHUNK).compile()));
            for (Detail detail : List.of(Detail.LAYER, Detail.KERNEL)) {
                StepOutcome fine = StepExecutor.execute(Fold.of(new StepCompiler(one, detail).compile()));
                assertEquals(coarse.stepNanos(), fine.stepNanos(), (double) fine.events(), one.strategy()::toString);
            }
        }
    }

    /// With a recurrence alone nothing grows faster than the length: a sequence of four times the tokens takes four
    /// times as long at most, and no less than three, for kernels that are long enough to hide what is fixed.
    @ParameterizedTest
    @ValueSource(strings = {RWKV + "{kind: rwkv5}", MAMBA + "{kind: mamba}", MAMBA + "{kind: mamba2}", DILATED})
    void timeIsLinearInTheLength(String yaml) {
        double once = seconds(yaml, 8_192);
        double fourfold = seconds(yaml, 32_768);
        assertTrue(fourfold <= 4 * once && fourfold >= 3 * once, once + " and " + fourfold);
    }

    /// Blocks whose parts stand side by side sum once forward where serial ones sum twice; backward once behind one
    /// norm, twice behind two: 2 and 3 messages of 4. With sequence parallelism a serial block gathers and scatters
    /// twice forward, and backward gathers two gradients and two inputs and scatters twice: 10 messages, of which one
    /// norm leaves half and two norms save one forward and one backward: 8. All are of one size.
    @ParameterizedTest
    @CsvSource({"1, false, 0.5", "2, false, 0.75", "1, true, 0.5", "2, true, 0.8"})
    void tensorGroupsSumOnceForBothParts(int norms, boolean sequenceParallel, double share) {
        String parallel = norms == 1 ? ONE_NORM : TWO_NORMS;
        double serial = ofLayers(SERIAL, 16, sequenceParallel) - ofLayers(SERIAL, 8, sequenceParallel);
        double both = ofLayers(parallel, 16, sequenceParallel) - ofLayers(parallel, 8, sequenceParallel);
        assertEquals(share, both / serial, 1e-3);
    }

    /// Exposed time of tensor collectives, none of which is hidden.
    private static double ofLayers(String yaml, int layers, boolean sequenceParallel) {
        var strategy = new ParallelStrategy(
                RankGrid.of(8, 1, 1), sequenceParallel, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE);
        ModelArchitecture model = model(yaml.replace("layers: 8", "layers: " + layers));
        TrainingJob job = Jobs.a100(model, 1, strategy, "megatron-2020", "default");
        return StepExecutor.execute(new StepCompiler(job, Detail.KERNEL).compile())
                .exposedNanos()[0][Category.TENSOR_COMM.ordinal()];
    }

    /// With 131,072 tokens for each rank, a sequence of 2^29 over 4,096 ranks costs a rank what one of 2^22 over 32
    /// does (arXiv:2307.02486, section 3), but for gathers and sums over more ranks, whose bytes are the same: far from
    /// the 128 times as much that attention to all tokens would cost.
    @Test
    void aLongerSequenceOverMoreRanksCostsEachTheSame() {
        double few = ofRanks(32);
        double many = ofRanks(4_096);
        assertTrue(many >= few && many < 1.5 * few, few + " and " + many);
    }

    private static double ofRanks(int context) {
        var grid = RankGrid.of(1, 1, 1).withContext(context);
        var strategy = new ParallelStrategy(grid, false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.FULL);
        String yaml = SERIAL + "dilated_attention: {segments: [2048, 16384, 131072, 1048576], rates: [1, 8, 64, 512]}";
        TrainingJob job = Jobs.a100(model(yaml), 1, strategy, "te-2024", "default");
        TrainingJob longer = Jobs.ofLength(job, 131_072L * context);
        return StepExecutor.execute(Fold.of(new StepCompiler(longer, Detail.CHUNK).compile()))
                        .stepNanos()
                * 1e-9;
    }

    /// Packed documents leave less of attention, and what replicas wait for each other is imbalance.
    @Test
    void packedDocumentsCostLessAndAreWaitedFor() {
        var strategy = new ParallelStrategy(
                RankGrid.of(1, 2, 4), false, "1f1b", 1, false, Sharding.OPTIMIZER, 1, Recompute.NONE);
        TrainingJob whole = Jobs.ofLength(Jobs.a100(model(SERIAL), 16, strategy, "te-2024", "default"), 8_192);
        var packing = new Packing(List.of(512, 2048, 8192), List.of(0.3, 0.5, 0.2), 1);
        TrainingJob packed = Jobs.trained(whole, whole.training().with(packing));
        StepPlan full = new StepCompiler(packed, Detail.CHUNK).compile();
        StepOutcome outcome = StepExecutor.execute(full);
        StepOutcome folded = StepExecutor.execute(Fold.of(full));
        StepOutcome unpacked = StepExecutor.execute(new StepCompiler(whole, Detail.CHUNK).compile());
        assertTrue(outcome.stepNanos() < unpacked.stepNanos());
        assertEquals(outcome.stepNanos(), folded.stepNanos(), (double) outcome.events());
        assertTrue(outcome.exposedNanos()[0][Category.IMBALANCE.ordinal()]
                > unpacked.exposedNanos()[0][Category.IMBALANCE.ordinal()]);
    }

    /// Inside a decoder the encoder's result goes along with the stream, and its gradient back: of three borders
    /// between four equal stages of encoder and decoder, the last carries twice as much. At 128 MiB the latency of a
    /// message is a fiftieth of its time at most.
    @Test
    void messagesInsideADecoderAreTwice() {
        ModelArchitecture t5 = model(ENCODER_DECODER);
        assertEquals(1, t5.tensorsAhead(2));
        assertEquals(1, t5.tensorsAhead(4));
        assertEquals(2, t5.tensorsAhead(6));
        check(t5, Adapters.NONE);
        var strategy =
                new ParallelStrategy(RankGrid.of(1, 4, 1), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE);
        TrainingJob job = Jobs.ofLength(Jobs.a100(t5, 1, strategy, "megatron-2020", "default"), 32_768);
        StepOutcome outcome = StepExecutor.execute(new StepCompiler(job, Detail.CHUNK).compile());
        long[][] exposed = outcome.exposedNanos();
        int messages = Category.PIPELINE_COMM.ordinal();
        assertEquals(2.0, (double) exposed[3][messages] / exposed[0][messages], 0.1);
    }

    private static double seconds(String yaml, long length) {
        var strategy =
                new ParallelStrategy(RankGrid.of(1, 1, 1), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE);
        TrainingJob job = Jobs.ofLength(Jobs.a100(model(yaml), 1, strategy, "megatron-2022", "default"), length);
        return StepExecutor.execute(new StepCompiler(job, Detail.CHUNK).compile())
                        .stepNanos()
                * 1e-9;
    }
}
