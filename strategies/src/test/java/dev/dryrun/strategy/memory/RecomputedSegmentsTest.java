// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Routing;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.Models;
import dev.dryrun.strategy.recompute.LayerRecompute;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import dev.dryrun.strategy.recompute.RecomputeChoice.Method;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Memory of a chunk of 12 layers of which some, or several together, are computed again. With dropout a layer keeps h
/// (34 + 5as/h) and its input is 2h of it (arXiv:2205.05198, eq. 1).
class RecomputedSegmentsTest {
    private static final Training GPT = new Training(2048, 64, Precision.FP16, Optimizer.ADAM, OptionalDouble.empty());
    private static final int LAYERS = 12;
    private static final long TOKENS = 2048;
    private static final long INPUT = 2 * 1024 * TOKENS;
    private static final long LAYER = (34 * 1024 + 5 * 16 * 2048) * TOKENS;

    /// The second of three stages has neither embedding nor head.
    private static MemoryModel of(Method method, int layers) {
        var strategy = new ParallelStrategy(
                        RankGrid.of(1, 3, 1), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE)
                .with(new RecomputeChoice(Recompute.FULL, method, layers, List.of()));
        return new MemoryModel(Models.gpt(3 * LAYERS, 1024, 16, 51200, 2048), GPT, strategy, Stacks.ZERO_PAPER);
    }

    private static long kept(MemoryModel model) {
        return Passes.forward(model, 1, 0).netBytes();
    }

    @Test
    void whatIsKeptGoesLinearlyWithTheLayersOfTheBlock() {
        for (int again = 0; again <= LAYERS; again++) {
            assertEquals(again * INPUT + (LAYERS - again) * LAYER, kept(of(Method.BLOCK, again)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 12, 20})
    void everyKthIsAsManyLayers(int k) {
        long again = LAYERS / k;
        assertEquals(again * INPUT + (LAYERS - again) * LAYER, kept(of(Method.EVERY, k)));
    }

    /// Segments of k layers keep n/k inputs, and while one runs backward its k layers are whole: n/k + k in units that
    /// are least for k of the square root of n. Source: Chen et al., 2016, arXiv:1604.06174, section 3.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6, 12})
    void segmentsKeepOneInputEachAndAreWholeOneByOne(int k) {
        MemoryModel model = of(Method.UNIFORM, k);
        assertEquals(LAYERS / k * INPUT, kept(model));
        var layer = new LayerActivations(
                Models.gpt(1, 1024, 16, 51200, 2048).groups().getFirst().steps(LayerCut.NONE),
                new TokenSpread(1, false, Routing.EVEN),
                false,
                2048,
                2,
                true);
        long scratch = Math.round(layer.backwardScratch(LayerRecompute.NONE).bytes() * TOKENS);
        assertEquals(k * LAYER - INPUT + scratch, Passes.backward(model, 1, 0).peakBytes());
        assertEquals(-kept(model), Passes.backward(model, 1, 0).netBytes());
    }

    /// One layer by itself is a segment of one: the same memory, step by step.
    @Test
    void aSegmentOfOneIsALayerByItself() {
        assertEquals(Passes.backward(of(Method.BLOCK, LAYERS), 1, 0), Passes.backward(of(Method.UNIFORM, 1), 1, 0));
    }
}
