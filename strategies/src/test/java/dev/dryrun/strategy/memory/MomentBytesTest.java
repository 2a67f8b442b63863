// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.Models;
import dev.dryrun.strategy.model.ParameterCounts;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentBytesTest {
    private static final int LAYERS = 32;
    private static final int HIDDEN = 4096;
    private static final int FFN = 11_008;
    private static final int VOCABULARY = 32_000;
    private static final ParameterCounts COUNTS =
            new ParameterCounts(Models.llama(LAYERS, HIDDEN, 32, 32, FFN, VOCABULARY), LayerCut.NONE);

    private static double bytes(Optimizer optimizer) {
        return new MomentBytes(optimizer, COUNTS).ofRank(Collections.nCopies(LAYERS, 0), true, true);
    }

    @ParameterizedTest
    @CsvSource({"ADAM, 8", "ADAMW, 8", "ADAM_8BIT, 2", "LION, 4", "MOMENTUM, 4", "SGD, 0"})
    void bytesOfAParameter(Optimizer optimizer, double each) {
        assertEquals(each * COUNTS.all().total(), bytes(optimizer));
    }

    /// n + m values in place of n m for each matrix (arXiv:1804.04235, section 3): of a layer QKV, projection, gate
    /// with up and down; embedding and head; the norms' scales whole.
    @Test
    void adafactorKeepsRowsAndColumns() {
        double layer = (3 * HIDDEN + HIDDEN) + (HIDDEN + HIDDEN) + (2 * FFN + HIDDEN) + (HIDDEN + FFN) + 2 * HIDDEN;
        double ends = 2 * (VOCABULARY + HIDDEN) + HIDDEN;
        assertEquals(4 * (LAYERS * layer + ends), bytes(Optimizer.ADAFACTOR));
    }

    /// One moment for matrices of layers, Adam's two for embedding, head and norms (arXiv:2502.16982, section 2.2).
    @Test
    void muonKeepsOneMomentOfMatrices() {
        double matrices = LAYERS * (4.0 * HIDDEN * HIDDEN + 3.0 * HIDDEN * FFN);
        double rest = 2.0 * VOCABULARY * HIDDEN + (2 * LAYERS + 1) * HIDDEN;
        assertEquals(4 * matrices + 8 * rest, bytes(Optimizer.MUON));
    }
}
