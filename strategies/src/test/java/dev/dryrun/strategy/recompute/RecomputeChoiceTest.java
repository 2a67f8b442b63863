// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.recompute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dryrun.strategy.recompute.RecomputeChoice.Method;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecomputeChoiceTest {
    private static RecomputeChoice full(Method method, int layers) {
        return new RecomputeChoice(Recompute.FULL, method, layers, List.of());
    }

    /// Of a chunk of 12: uniform segments of 5 keep three inputs and run all again; a block of 5 runs 5 again; every
    /// fifth is the first, sixth and eleventh.
    @ParameterizedTest
    @CsvSource({"UNIFORM, 5, 12, 3", "UNIFORM, 1, 12, 12", "BLOCK, 5, 5, 5", "BLOCK, 20, 12, 12", "EVERY, 5, 3, 3"})
    void layersOfAChunk(Method method, int layers, int again, int inputs) {
        assertEquals(again, full(method, layers).again(12));
        assertEquals(inputs, full(method, layers).keptInputs(12));
    }

    @Test
    void onlyLayersThatAreAlikeAreSimulated() {
        for (Recompute kind : Recompute.values()) {
            assertEquals(Optional.of(kind), RecomputeChoice.ofAll(kind).simulated(12));
        }
        assertEquals(Optional.of(Recompute.FULL), full(Method.BLOCK, 12).simulated(12));
        assertEquals(Optional.of(Recompute.NONE), full(Method.BLOCK, 0).simulated(12));
        assertEquals(Optional.empty(), full(Method.BLOCK, 11).simulated(12));
        assertEquals(Optional.empty(), full(Method.UNIFORM, 2).simulated(12));
        assertEquals(Optional.empty(), full(Method.EVERY, 2).simulated(12));
        assertEquals(
                Optional.empty(),
                new RecomputeChoice(Recompute.SELECTIVE, Method.UNIFORM, 1, List.of(Module.MLP)).simulated(12));
    }

    @Test
    void modulesAreAMatterOfSelective() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RecomputeChoice(Recompute.FULL, Method.UNIFORM, 1, List.of(Module.MLP)));
        assertThrows(IllegalArgumentException.class, () -> full(Method.EVERY, 0));
    }
}
