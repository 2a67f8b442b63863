// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.Models;
import org.junit.jupiter.api.Test;

class ModelCutTest {
    private static final ModelArchitecture LLAMA = Models.llama(32, 4096, 32, 8, 14336, 128256);

    @Test
    void oneRankHoldsTheWholeModel() {
        assertEquals(LLAMA.parameters(), ModelCut.NONE.parametersOfFullestRank(ModelFigures.of(LLAMA)));
        ModelArchitecture tied = Models.gpt(4, 1024, 16, 50257, 2048);
        assertEquals(tied.parameters(), ModelCut.NONE.parametersOfFullestRank(ModelFigures.of(tied)));
    }

    /// Eight stages of four layers: the last one has the head and the final norm, V h + h, as well.
    @Test
    void theFullestStageHasEmbeddingOrHead() {
        double embedding = 128256.0 * 4096;
        double layers = LLAMA.parameters() - 2 * embedding - 4096;
        assertEquals(
                layers / 8 + embedding + 4096,
                new ModelCut(1, 8, false).parametersOfFullestRank(ModelFigures.of(LLAMA)));
    }

    @Test
    void ofASizeAloneEachRankHoldsItsPart() {
        assertEquals(1e9, new ModelCut(2, 4, false).parametersOfFullestRank(ModelFigures.ofSize("8e9", 8e9)));
    }

    @Test
    void whatCannotBeCutSaysWhy() {
        assertNotNull(new ModelCut(3, 1, false).problemWith(ModelFigures.of(LLAMA)));
        assertNotNull(new ModelCut(1, 33, false).problemWith(ModelFigures.of(LLAMA)));
        assertNull(new ModelCut(8, 32, false).problemWith(ModelFigures.of(LLAMA)));
    }
}
