// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.recompute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.strategy.recompute.RecomputeChoice.Method;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecomputeChoiceTest {
    private static RecomputeChoice full(Method method, int layers) {
        return new RecomputeChoice(Recompute.FULL, method, layers, List.of());
    }

    /// Of a chunk of 12: uniform segments of 5 keep three inputs and run all again; a block of 5 runs 5 again; every
    /// fifth is the fifth and the tenth.
    @ParameterizedTest
    @CsvSource({
        "UNIFORM, 5, 12, 3",
        "UNIFORM, 1, 12, 12",
        "BLOCK, 5, 5, 5",
        "BLOCK, 0, 0, 0",
        "BLOCK, 20, 12, 12",
        "EVERY, 5, 2, 2"
    })
    void layersOfAChunk(Method method, int layers, int again, int inputs) {
        List<RecomputedLayer> placed = full(method, layers).layers(Collections.nCopies(12, 0), 0);
        assertEquals(12, placed.size());
        List<RecomputedLayer> those = placed.stream()
                .filter(layer -> layer.again().kind() != Recompute.NONE)
                .toList();
        assertEquals(again, those.size());
        assertEquals(inputs, those.stream().filter(RecomputedLayer::isFirst).count());
        assertEquals(inputs, those.stream().filter(RecomputedLayer::isLast).count());
    }

    /// torchtitan counts the layers of a rank, chunk after chunk: with three before, the first layer is the fourth.
    @Test
    void everySecondGoesOnFromChunkToChunk() {
        List<RecomputedLayer> placed = full(Method.EVERY, 2).layers(List.of(0, 0, 0), 3);
        assertEquals(
                List.of(Recompute.FULL, Recompute.NONE, Recompute.FULL),
                placed.stream().map(layer -> layer.again().kind()).toList());
    }

    /// Segments may hold blocks of several kinds; each layer knows its own.
    @Test
    void segmentsHoldTheirLayersGroups() {
        List<RecomputedLayer> placed = full(Method.UNIFORM, 2).layers(List.of(0, 1, 1), 0);
        assertEquals(List.of(0, 1), placed.get(1).segment());
        assertEquals(
                List.of(0, 1, 1), placed.stream().map(RecomputedLayer::group).toList());
        assertTrue(placed.get(2).isAlone());
    }

    @Test
    void aModulesBlockRunsAgainWhereAllLayersDo() {
        assertEquals(LayerRecompute.FULL, full(Method.UNIFORM, 3).ofPrediction());
        assertEquals(LayerRecompute.NONE, full(Method.BLOCK, 3).ofPrediction());
    }

    @Test
    void whatIsUnusualIsSaid() {
        assertEquals("full", full(Method.UNIFORM, 1).words());
        assertEquals("full (one in 2 layers)", full(Method.EVERY, 2).words());
        assertEquals(
                "selective (mlp, moe-activation)",
                new RecomputeChoice(Recompute.SELECTIVE, Method.UNIFORM, 1, List.of(Module.MLP, Module.MOE_ACTIVATION))
                        .words());
    }

    @Test
    void modulesAreAMatterOfSelective() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RecomputeChoice(Recompute.FULL, Method.UNIFORM, 1, List.of(Module.MLP)));
        assertThrows(IllegalArgumentException.class, () -> full(Method.EVERY, 0));
    }
}
