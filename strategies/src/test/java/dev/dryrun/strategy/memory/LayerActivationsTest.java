// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.strategy.job.Routing;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.Models;
import dev.dryrun.strategy.recompute.LayerRecompute;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LayerActivationsTest {
    /// arXiv:2205.05198, table 2, per token (that is, divided by s b).
    @RepeatedTest(50)
    void gptMatchesTable2(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        int tensor = 1 << random.nextInt(1, 4);
        int heads = 8 * random.nextInt(1, 17);
        long sequence = 1024L * random.nextInt(1, 9);
        ModelArchitecture model = Models.gpt(4, heads * 64, heads, 51200, 2048);
        double h = model.hidden();
        double t = tensor;
        double core = 5.0 * heads * sequence / h;
        var serial = activations(model, 1, false, false, sequence, 2);
        assertBytes(h * (34 + core), serial.kept(LayerRecompute.NONE));
        assertBytes(h * 34, serial.kept(LayerRecompute.SELECTIVE));
        assertBytes(2 * h, serial.kept(LayerRecompute.FULL));
        var tensorParallel = activations(model, tensor, false, false, sequence, 2);
        assertBytes(h * (10 + 24 / t + core / t), tensorParallel.kept(LayerRecompute.NONE));
        assertBytes(h * (10 + 24 / t), tensorParallel.kept(LayerRecompute.SELECTIVE));
        assertBytes(2 * h, tensorParallel.kept(LayerRecompute.FULL));
        var sequenceParallel = activations(model, tensor, true, false, sequence, 2);
        assertBytes(h / t * (34 + core), sequenceParallel.kept(LayerRecompute.NONE));
        assertBytes(h * 34 / t, sequenceParallel.kept(LayerRecompute.SELECTIVE));
        assertBytes(2 * h / t, sequenceParallel.kept(LayerRecompute.FULL));
    }

    /// arXiv:2401.10241, table 2: between input and weight gradients a layer holds 32 h per token (that is, divided by
    /// s b): 14 h of inputs and 18 h of output gradients, of which tensor parallelism leaves 4 h of the former and 4 h
    /// of the latter whole, and sequence parallelism the latter only.
    @Test
    void splitPassesHoldInputsAndOutputGradients() {
        ModelArchitecture model = Models.gpt(4, 1024, 16, 51200, 2048);
        assertBytes(32 * 1024, activations(model, 1, false, false, 2048, 2).heldForWeights());
        assertBytes(
                (8 + 24 / 4.0) * 1024,
                activations(model, 4, false, false, 2048, 2).heldForWeights());
        assertBytes(
                (4 + 28 / 4.0) * 1024,
                activations(model, 4, true, false, 2048, 2).heldForWeights());
    }

    /// The paper's example: 5as/h is 80 for GPT-3 175B and 64 for MT-NLG 530B, so selective recomputation drops 70 %
    /// and 65 %.
    @Test
    void selectiveRecomputationDropsMostOfIt() {
        var gpt3 = activations(Models.gpt(96, 12288, 96, 51200, 2048), 8, true, false, 2048, 2);
        assertEquals(80 / 114.0, 1 - gpt3.kept(LayerRecompute.SELECTIVE) / gpt3.kept(LayerRecompute.NONE), 1e-12);
        var mtNlg = activations(Models.gpt(105, 20480, 128, 51200, 2048), 8, true, false, 2048, 2);
        assertEquals(64 / 98.0, 1 - mtNlg.kept(LayerRecompute.SELECTIVE) / mtNlg.kept(LayerRecompute.NONE), 1e-12);
    }

    /// A gated, grouped layer without dropout and with flash attention keeps (12h + 4k + 6F + 4a)/t.
    @Test
    void llamaKeepsWhatTransformerEngineKeeps() {
        ModelArchitecture model = Models.llama(80, 8192, 64, 8, 28672, 128256);
        var activations = activations(model, 4, true, true, 4096, 2);
        double expected = (12.0 * 8192 + 4 * 1024 + 6.0 * 28672 + 4 * 64) / 4;
        assertBytes(expected, activations.kept(LayerRecompute.NONE));
        assertBytes(
                (4.0 * 28672 + 2 * 8192) / 4,
                activations.backwardScratch(LayerRecompute.NONE).bytes());
    }

    /// Recomputing more never keeps more, and what is recomputed is alive in the backward pass.
    @RepeatedTest(50)
    void recomputationTradesKeptForScratch(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        int heads = 8 * random.nextInt(1, 17);
        var activations = activations(
                Models.gpt(4, heads * 128, heads, 51200, 2048),
                1 << random.nextInt(4),
                random.nextBoolean(),
                random.nextBoolean(),
                512L * random.nextInt(1, 17),
                2);
        LayerRecompute[] kinds = {LayerRecompute.NONE, LayerRecompute.SELECTIVE, LayerRecompute.FULL};
        for (int kind = 1; kind < kinds.length; kind++) {
            assertTrue(activations.kept(kinds[kind]) <= activations.kept(kinds[kind - 1]));
            assertTrue(activations.backwardScratch(kinds[kind]).bytes()
                    >= activations.backwardScratch(kinds[kind - 1]).bytes());
        }
        assertTrue(activations.forwardScratch(LayerRecompute.FULL) <= activations.kept(LayerRecompute.NONE));
    }

    private static void assertBytes(double expected, double actual) {
        assertEquals(expected, actual, expected * 1e-14);
    }

    private static LayerActivations activations(
            ModelArchitecture model,
            int tensor,
            boolean sequenceParallel,
            boolean flash,
            long sequenceLength,
            int elementBytes) {
        return new LayerActivations(
                model.groups().getFirst().steps(LayerCut.dense(tensor)),
                new TokenSpread(sequenceParallel ? tensor : 1, false, Routing.EVEN),
                flash,
                sequenceLength,
                elementBytes,
                model.dropout());
    }
}
