// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.model.Models;
import dev.dryrun.strategy.recompute.Recompute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationBytesTest {
    private static final double S = 2048;
    private static final double H = 12288;
    private static final double LAYERS = 96;
    private static final ModelFigures GPT3 = ModelFigures.of(Models.gpt(96, 12288, 96, 51200, 2048));

    /// arXiv:2205.05198, table 2, for GPT-3 (5as/h = 80) on 8 tensor ranks, and the dropout mask of the embedding of
    /// each micro-batch in flight, s b h p / t (section 4.3).
    @ParameterizedTest
    @CsvSource({
        "false, NONE, 23", // 10 + 24/8 + 80/8
        "false, SELECTIVE, 13", // 10 + 24/8
        "false, FULL, 2",
        "true, NONE, 14.25", // (34 + 80)/8
        "true, SELECTIVE, 4.25", // 34/8
        "true, FULL, 0.25", // 2/8
    })
    void pipelinedGptMatchesTable2(boolean sequenceParallel, Recompute recompute, double ofLayer) {
        for (int stages : new int[] {2, 8, 16}) {
            var bytes = new ActivationBytes(new ModelCut(8, stages, sequenceParallel), 2048, 1, Precision.FP16, false);
            double expected = S * H * (LAYERS * ofLayer + stages / (sequenceParallel ? 8.0 : 1));
            assertEquals(expected, bytes.kept(GPT3, recompute).orElseThrow(), stages * LAYERS);
        }
    }

    /// Without a pipeline the head keeps the final norm's input and output, 4 s b h, and logits in fp32, 4 s b v, too
    /// (section 4.3).
    @Test
    void oneStageKeepsTheHeadToo() {
        var bytes = new ActivationBytes(ModelCut.NONE, 2048, 1, Precision.FP16, false);
        double expected = S * H * (LAYERS * 114 + 1 + 4) + 4 * S * 51200;
        assertEquals(expected, bytes.kept(GPT3, Recompute.NONE).orElseThrow(), LAYERS);
    }

    /// Layers that do not divide evenly: the first of 5 stages has 20 of 96 layers and 5 micro-batches.
    @Test
    void theFirstStageHasOneLayerMore() {
        var bytes = new ActivationBytes(new ModelCut(1, 5, false), 2048, 3, Precision.FP16, false);
        double expected = 3 * S * H * 5 * (20 * 2 + 1);
        assertEquals(expected, bytes.kept(GPT3, Recompute.FULL).orElseThrow(), 5 * LAYERS);
    }

    @Test
    void nothingIsKnownOfAModelBySizeAlone() {
        var bytes = new ActivationBytes(ModelCut.NONE, 2048, 1, Precision.FP16, false);
        assertTrue(bytes.kept(ModelFigures.ofSize("7e9", 7e9), Recompute.NONE).isEmpty());
    }
}
