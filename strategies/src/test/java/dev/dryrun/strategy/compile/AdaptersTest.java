// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.memory.StateBytes;
import dev.dryrun.strategy.model.Adapters;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.LayerStep;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.RankParameters;
import dev.dryrun.strategy.model.StepFlops;
import dev.dryrun.strategy.recompute.Recompute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Fine-tuning with adapters of low rank.
class AdaptersTest {
    private static final Adapters ATTENTION = new Adapters(16, true, false, false);
    private static final int LAYERS = 8;
    private static final long HIDDEN = 4096;

    private static TrainingJob job(Adapters adapters, int tensor, int data, Sharding sharding) {
        var strategy = new ParallelStrategy(
                RankGrid.of(tensor, 1, data), false, "1f1b", 1, false, sharding, 1, Recompute.NONE);
        TrainingJob job = Jobs.a100(Jobs.gpt(LAYERS, (int) HIDDEN, 32), 2L * data, strategy, "te-2024", "default");
        return Jobs.trained(job, job.training().with(adapters));
    }

    /// r (k + d) for each adapted matrix (arXiv:2106.09685, section 4.1): h to 3 h and h to h here.
    @Test
    void onlyAdaptersAreTrained() {
        TrainingJob job = job(ATTENTION, 1, 1, Sharding.NONE);
        var counts = new ParameterCounts(job.model(), LayerCut.NONE);
        RankParameters all = counts.all();
        long adapters = LAYERS * 16 * ((HIDDEN + 3 * HIDDEN) + (HIDDEN + HIDDEN));
        assertEquals(adapters, all.trained().total());
        RankParameters before = new ParameterCounts(Jobs.gpt(LAYERS, (int) HIDDEN, 32), LayerCut.NONE).all();
        assertEquals(before.total(), all.frozen().total());
        assertEquals(job.model(), job.model().with(ATTENTION));
    }

    /// A matrix down is whole on each rank of a tensor group where the product is shared by outputs; else the one up.
    @Test
    void ranksShareTheWideHalf() {
        long each = 0;
        for (var steps :
                job(ATTENTION, 4, 1, Sharding.NONE).model().groups().getFirst().steps(LayerCut.dense(4))) {
            each += steps.stream()
                    .filter(LayerStep::isAdapter)
                    .mapToLong(LayerStep::parameters)
                    .sum();
        }
        assertEquals(16 * (HIDDEN + 3 * HIDDEN / 4 + HIDDEN / 4 + HIDDEN), each);
    }

    /// 4 operations for a frozen weight and token in place of 6; attention and adapters in full.
    @Test
    void frozenWeightsHaveNoGradients() {
        var whole = flops(Adapters.NONE);
        var tuned = flops(ATTENTION);
        double matrices = whole.layersForward() - whole.attentionCoresForward() + whole.headForward();
        double adapters = 2.0 * 2048 * LAYERS * 16 * 6 * HIDDEN;
        assertEquals(whole.model(1) - matrices + 3 * adapters, tuned.model(1), 1e-9 * whole.model(1));
    }

    private static StepFlops flops(Adapters adapters) {
        return StepFlops.padded(job(adapters, 1, 1, Sharding.NONE).model(), 1, 2048, StepFlops.AttentionCount.CAUSAL);
    }

    /// 2 bytes for a frozen parameter, shared out where parameters are; 16 and what the stack adds for a trained one.
    @ParameterizedTest
    @EnumSource(Sharding.class)
    void frozenParametersAreWeightsAlone(Sharding sharding) {
        int data = 4;
        TrainingJob job = job(ATTENTION, 1, data, sharding);
        MemoryModel memory = MemoryModel.of(job);
        RankParameters parameters = memory.parameters(0);
        StateBytes trained = StateBytes.of(
                parameters.trained().total(),
                Precision.FP16,
                job.training().optimizer(),
                sharding,
                sharding == Sharding.NONE ? 1 : data,
                memory.rules());
        double frozen = 2 * parameters.frozen().total() / (sharding.sharesParameters() ? data : 1);
        StateBytes states = memory.states(0);
        assertEquals(trained.weights() + frozen, states.weights(), 1);
        assertEquals(trained.gradients(), states.gradients(), 1);
        assertEquals(trained.optimizer(), states.optimizer(), 1);
    }

    /// 4.127 bits for a frozen weight: arXiv:2305.14314, section 3.
    @Test
    void fourBitsHoldAQuarter() {
        var fourBits = new Adapters(16, true, false, true);
        double saved = MemoryModel.of(job(ATTENTION, 1, 1, Sharding.NONE))
                        .states(0)
                        .weights()
                - MemoryModel.of(job(fourBits, 1, 1, Sharding.NONE)).states(0).weights();
        double frozen = MemoryModel.of(job(ATTENTION, 1, 1, Sharding.NONE))
                .parameters(0)
                .frozen()
                .total();
        assertEquals((2 - 4.127 / 8) * frozen, saved, 1e-4 * saved);
    }

    /// 4 operations of 6 for a frozen weight: kernels take two thirds, less what products of weights' gradients take
    /// longer because they read and write the sum so far, and more for attention, adapters and what only moves bytes.
    /// Widening four bits costs time.
    @Test
    void kernelsTakeAboutTwoThirds() {
        double whole = computeNanos(Adapters.NONE);
        double tuned = computeNanos(ATTENTION);
        assertTrue(tuned < 0.8 * whole && tuned > 0.6 * whole, tuned + " of " + whole);
        assertTrue(computeNanos(new Adapters(16, true, false, true)) > tuned);
    }

    private static double computeNanos(Adapters adapters) {
        return StepExecutor.execute(new StepCompiler(job(adapters, 1, 1, Sharding.NONE), Detail.CHUNK).compile())
                .exposedNanos()[0][Category.COMPUTE.ordinal()];
    }
}
