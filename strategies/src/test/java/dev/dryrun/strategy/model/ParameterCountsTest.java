// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterCountsTest {
    /// Brown et al., 2020, arXiv:2005.14165, table 2.1; the tolerance is half of the last printed digit. Two
    /// dimensions differ from the table: the XL model has 16 heads of 128 (24 x 128 is not 2048), the 13B model
    /// hidden 5120 (40 x 128).
    @ParameterizedTest
    @CsvSource({
        "12, 768, 12, 125, 0.5",
        "24, 1536, 16, 760, 5",
        "24, 2048, 16, 1300, 50",
        "32, 2560, 32, 2700, 50",
        "32, 4096, 32, 6700, 50",
    })
    void gpt3MatchesThePaper(int layers, int hidden, int heads, double expectedMillions, double halfDigit) {
        ModelArchitecture model = Models.gpt(layers, hidden, heads, 50257, 2048);
        assertEquals(expectedMillions, model.parameters() / 1e6, halfDigit);
    }

    /// Three sizes whose dimensions do not give the printed count. The count here is the closed form l (12h^2 +
    /// 13h) + (V + s) h + 2h; "350M" is 1.6 % below it, "13.0B" 1.1 % above, "175.0B" 0.2 % above (percent to half
    /// a digit).
    @ParameterizedTest
    @CsvSource({
        "24, 1024, 16, 350e6, -1.6",
        "40, 5120, 40, 13.0e9, 1.1",
        "96, 12288, 96, 175.0e9, 0.2",
    })
    void gpt3SizesThatThePaperRounds(int layers, int hidden, int heads, double printed, double percent) {
        long h = hidden;
        long expected = layers * (12 * h * h + 13 * h) + (50257 + 2048) * h + 2 * h;
        assertEquals(expected, Models.gpt(layers, hidden, heads, 50257, 2048).parameters());
        assertEquals(percent, (printed / expected - 1) * 100, 0.05);
    }

    /// P = 12 l h^2 (1 + 13/(12h) + (V + s)/(12 l h)), arXiv:2104.04473, eq. 2, which leaves out the final norm (2h);
    /// and the printed counts in billions of its table 1.
    @ParameterizedTest
    @CsvSource({
        "24, 2304, 24, 1.7, 0.05",
        "30, 3072, 32, 3.6, 0.05",
        "36, 4096, 32, 7.5, 0.05",
        "40, 6144, 48, 18.4, 0.05",
        "48, 8192, 64, 39.1, 0.05",
        "60, 10240, 80, 76.1, 0.05",
        "80, 12288, 96, 145.6, 0.05",
        "96, 16384, 128, 310.1, 0.05",
        "105, 20480, 128, 529.6, 0.05",
        "128, 25600, 160, 1008.0, 0.05",
    })
    void megatronMatchesEquation2(int layers, int hidden, int heads, double billions, double halfDigit) {
        double h = hidden;
        double formula = 12 * layers * h * h * (1 + 13 / (12 * h) + (51200 + 2048) / (12 * layers * h));
        ModelArchitecture model = Models.gpt(layers, hidden, heads, 51200, 2048);
        assertEquals(formula, model.parameters() - 2 * h, formula * 1e-15 * 4);
        assertEquals(billions, model.parameters() / 1e9, halfDigit);
    }

    /// Counts of the published weights: Llama-2 7B, Llama-3 8B, Llama-3 70B, Llama-3.1 405B.
    @ParameterizedTest
    @CsvSource({
        "32, 4096, 32, 32, 11008, 32000, 6738415616",
        "32, 4096, 32, 8, 14336, 128256, 8030261248",
        "80, 8192, 64, 8, 28672, 128256, 70553706496",
        "126, 16384, 128, 8, 53248, 128256, 405853388800",
    })
    void llamaMatchesThePublishedWeights(
            int layers, int hidden, int heads, int keyValueHeads, int ffn, int vocabulary, long expected) {
        assertEquals(
                expected,
                Models.llama(layers, hidden, heads, keyValueHeads, ffn, vocabulary)
                        .parameters());
    }

    /// BLOOM has 176,247,271,424 parameters, of which 2h belong to a norm after the embedding that is not modelled.
    @Test
    void bloomMatchesThePublishedWeights() {
        ModelArchitecture bloom = Models.gpt(70, 14336, 112, 250880, 0);
        assertEquals(176_247_271_424L - 2 * 14336, bloom.parameters());
    }

    /// GPT-NeoX-20B has 20,554,567,680 parameters with its vocabulary padded for two tensor ranks.
    @Test
    void neoxMatchesThePublishedWeights() {
        var neox = new UniformDecoder(
                        "neox", 44, 6144, 64, 64, 96, 24576, false, 50257, 128, 0, true, true, false, false)
                .architecture();
        assertEquals(50432, neox.paddedVocabulary(2));
        assertEquals(
                20_554_567_680L,
                new ParameterCounts(neox, LayerCut.NONE, 50432).all().total());
    }

    @Test
    void vocabularyIsPaddedForTheTensorRanks() {
        ModelArchitecture model = Models.gpt(96, 12288, 96, 50257, 2048);
        assertEquals(50304, model.paddedVocabulary(1));
        assertEquals(51200, model.paddedVocabulary(8));
    }

    /// Ranks together hold the model, plus what each repeats: norms, biases behind row-split matrices, positions,
    /// the head's copy of a tied embedding.
    @RepeatedTest(50)
    void ranksAddUpToTheModel(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        int tensor = 1 << random.nextInt(4);
        int stages = random.nextInt(1, 6);
        int layers = stages * random.nextInt(1, 5);
        int heads = 8 * random.nextInt(1, 5);
        long hidden = heads * 64L;
        ModelArchitecture model = Models.gpt(layers, (int) hidden, heads, 51200, 1024);
        var counts = new ParameterCounts(model, LayerCut.dense(tensor), 51200);
        double sum = 0;
        for (int stage = 0; stage < stages; stage++) {
            double blocks =
                    counts.blocks(stage * layers / stages, layers / stages).total();
            sum += tensor * (blocks + counts.ends(stage == 0, stage == stages - 1));
        }
        long repeated = (tensor - 1) * (6 * hidden * layers + 2 * hidden + 1024 * hidden);
        long headCopy = stages > 1 ? 51200 * hidden : 0;
        assertEquals(model.parameters() + repeated + headCopy, sum);
    }

    @Test
    void fewKeyValueHeadsAreCopied() {
        ModelArchitecture model = Models.llama(2, 1024, 16, 2, 4096, 32000);
        double others = 1024 * 1024 / 8 + 3.0 * 1024 * 4096 / 8 + 2 * 1024;
        double queryKeyValue = 1024 * (1024 / 8 + 2 * 64);
        assertEquals(
                queryKeyValue + others,
                new ParameterCounts(model, LayerCut.dense(8)).block(0).total());
        assertNull(model.problemWith(LayerCut.dense(8)));
        assertNotNull(model.problemWith(LayerCut.dense(3)));
    }

    @Test
    void impossibleDimensionsAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> Models.gpt(0, 768, 12, 50257, 1024));
        assertThrows(IllegalArgumentException.class, () -> Models.gpt(12, 768, 12, 50257, -1));
        assertThrows(IllegalArgumentException.class, () -> Models.llama(2, 1024, 16, 3, 4096, 32000));
    }
}
