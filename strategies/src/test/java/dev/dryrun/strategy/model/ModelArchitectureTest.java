// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelArchitectureTest {
    static List<String> names() {
        return CatalogModels.names();
    }

    /// What runs on one rank is the model: its steps have the model's parameters, but for what is said to be left out,
    /// which is less than a thousandth, and modules that count by themselves.
    @ParameterizedTest
    @MethodSource("names")
    void stepsHaveTheModelsParameters(String name) {
        ModelArchitecture model = CatalogModels.read(name);
        if (model.obstacle() != null) {
            return;
        }
        double stepped = new ParameterCounts(
                        model, LayerCut.NONE, model.embedding().vocabulary())
                .all()
                .total();
        if (model.leftOut().isEmpty() && model.head() instanceof LogitHead) {
            assertEquals(model.parameters(), stepped);
        }
        assertEquals(1, stepped / model.parameters(), 6e-3);
    }

    /// Layers and head together make the operations of the whole model.
    @ParameterizedTest
    @MethodSource("names")
    void layersAndHeadAreTheModel(String name) {
        ModelArchitecture model = CatalogModels.read(name);
        if (model.obstacle() != null || !(model.head() instanceof LogitHead)) {
            return;
        }
        for (AttentionCount count : AttentionCount.values()) {
            var flops = new StepFlops(model, model.embedding().vocabulary(), 2048, count);
            double forward = model.forwardFlops(2048, count);
            assertEquals(forward, flops.layersForward() + flops.headForward(), forward * 1e-14);
        }
    }

    /// Every block is of a group, and each group has as many as it says.
    @ParameterizedTest
    @MethodSource("names")
    void blocksAreInOrder(String name) {
        ModelArchitecture model = CatalogModels.read(name);
        for (int group = 0; group < model.groups().size(); group++) {
            assertEquals(model.groups().get(group).count(), Collections.frequency(model.order(), group));
        }
    }

    /// A forward pass of one token multiplies and adds each active weight once, embedding tables aside (Kaplan et al.,
    /// 2020, arXiv:2001.08361, section 2.1). What is left are norms and biases, 13h beside 12h^2: 0.21 % at the least
    /// hidden, 512; and the scores of a single token, 4h, beside 24h^2: 0.03 %.
    @ParameterizedTest
    @MethodSource("names")
    void aTokenTakesTwoOperationsForEachActiveWeight(String name) {
        ModelArchitecture model = CatalogModels.read(name);
        Embedding embedding = model.embedding();
        long weights = model.activeParameters() - embedding.parameters();
        if (model.head() instanceof LogitHead logits && logits.tied()) {
            weights += embedding.vocabulary() * embedding.width();
        }
        if (embedding.width() != embedding.hidden()) {
            weights += embedding.width() * embedding.hidden();
        }
        assertEquals(1, model.forwardFlops(1, AttentionCount.CAUSAL) / (2.0 * weights), 0.003);
    }

    @ParameterizedTest
    @CsvSource({
        "gopher-280b, relative positions by a matrix are not simulated yet",
        "opt-350m, matrices between embedding and blocks are not simulated yet",
    })
    void obstaclesSayWhatIsMissing(String name, String obstacle) {
        ModelArchitecture model = CatalogModels.read(name);
        assertEquals(obstacle, model.obstacle());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bloom-176b | the norm behind the embedding",
                "gpt-oss-20b | attention sinks",
                "lamda-137b | the biases of relative positions",
            })
    void simulatedModelsSayWhatIsLeftOut(String name, String leftOut) {
        assertEquals(List.of(leftOut), CatalogModels.read(name).leftOut());
    }

    /// Llama-2 7B keeps half a MiB a token in 16 bits; Llama-3 8B with a quarter of the key heads a quarter.
    @Test
    void cacheOfLlama() {
        assertEquals(1 << 19, 2 * CatalogModels.read("llama2-7b").keyValueElementsPerToken());
        assertEquals(1 << 17, 2 * CatalogModels.read("llama3-8b").keyValueElementsPerToken());
    }

    /// DeepSeek-V2 keeps 93.3 % less than DeepSeek 67B: 60 latents and keys of 512 + 64, in 6 bits on average, against
    /// 95 layers of 8 keys and values in 16 bits (arXiv:2405.04434, abstract and section 3.2.3).
    @Test
    void cacheOfDeepSeek() {
        double latent = CatalogModels.read("deepseek-v2").keyValueElementsPerToken() * 6;
        double grouped = CatalogModels.read("deepseek-67b").keyValueElementsPerToken() * 16;
        assertEquals(93.3, 100 * (1 - latent / grouped), 0.05);
    }

    /// T5: an encoder layer is 4 h q + 2 h F, a decoder layer 8 h q + 2 h F (arXiv:1910.10683, section 3.7 says
    /// "roughly twice"); operations follow with s tokens on each side, each attention over s^2 or half of it.
    @Test
    void encoderAndDecoderOfT5() {
        ModelArchitecture t5 = CatalogModels.read("t5-base");
        long h = 768;
        long f = 3072;
        long encoder = 12 * (4 * h * h + 2 * h * f);
        long decoder = 12 * (8 * h * h + 2 * h * f);
        long norms = 12 * 2 * h + 12 * 3 * h + 2 * h;
        long buckets = 2 * 32 * 12;
        assertEquals(32128 * h + encoder + decoder + norms + buckets, t5.parameters());
        long s = 512;
        double cores = 12 * 4.0 * h * (s * s + s * (s + 1) / 2.0 + s * s);
        assertEquals(2.0 * s * (encoder + decoder + 32128 * h) + cores, t5.forwardFlops(s, AttentionCount.CAUSAL), 1);
        assertEquals(12 * (2 * h + 2 * h), t5.keyValueElementsPerToken());
    }

    /// An encoder alone: 12 h^2 + 13 h a layer, three tables and a norm, a pooler; it generates nothing.
    @Test
    void bertIsAnEncoder() {
        ModelArchitecture bert = CatalogModels.read("bert-base");
        long h = 768;
        assertEquals(12 * (12 * h * h + 13 * h) + (30522 + 512 + 2) * h + 2 * h + h * h + h, bert.parameters());
        assertEquals(bert.forwardFlops(128, AttentionCount.FULL_SQUARE), bert.forwardFlops(128, AttentionCount.CAUSAL));
        assertEquals(0, bert.keyValueElementsPerToken());
    }

    /// Non-embedding parameters as printed: Pythia to the last one (its README), Qwen3 and Nemotron-4 to half a digit.
    @ParameterizedTest
    @CsvSource({
        "pythia-1b, 805736448, 0",
        "pythia-2.8b, 2517652480, 0",
        "pythia-12b, 11327027200, 0",
        "qwen3-8b, 6.95e9, 5e6",
        "qwen3-0.6b, 0.44e9, 5e6",
        "nemotron-4-15b, 12.5e9, 5e7",
        "nemotron-4-340b, 331.6e9, 5e7",
    })
    void embeddingsAreCountedByThemselves(String name, double expected, double halfDigit) {
        ModelArchitecture model = CatalogModels.read(name);
        assertEquals(expected, model.parameters() - model.embeddingParameters(), halfDigit);
    }

    /// DeepSeek-V3's module for a second token: one more block, 2h to h, three norms; it runs the head once more.
    @Test
    void predictionModulesAreCountedByThemselves() {
        ModelArchitecture model = CatalogModels.read("deepseek-v3");
        PredictionModules module = Objects.requireNonNull(model.prediction());
        BlockGroup last = model.groups().getLast();
        long h = 7168;
        long block = (last.parameters() - last.norm().parameters(h)) / last.count();
        assertEquals(block + 2 * h * h + 3 * h, module.parameters());
        double flops = last.forwardFlops(100, AttentionCount.CAUSAL) / last.count() + 2.0 * 100 * h * (2 * h + 129280);
        assertEquals(flops, module.forwardFlops(100, AttentionCount.CAUSAL), flops * 1e-15);
    }

    /// Blocks of a kind stand together, however they alternate.
    @Test
    void equalBlocksAreGrouped() {
        assertEquals(
                List.of(12, 12),
                CatalogModels.read("gpt-oss-20b").groups().stream()
                        .map(BlockGroup::count)
                        .toList());
        assertEquals(
                List.of(3, 58),
                CatalogModels.read("deepseek-v3").groups().stream()
                        .map(BlockGroup::count)
                        .toList());
        ModelArchitecture alternating = CatalogModels.inline("""
            family: gpt
            layers: 24
            hidden: 64
            heads: 4
            experts: {count: 4, active: 1, ffn_hidden: 256, dense_layers: 2, every: 4}
            """);
        assertEquals(
                List.of(19, 5),
                alternating.groups().stream().map(BlockGroup::count).toList());
    }

    /// A window of 128 tokens in every other layer: half of the layers take what fits into it.
    @Test
    void windowsSaveOperations() {
        String base = "family: llama\nlayers: 4\nhidden: 64\nheads: 4\nffn_hidden: 128\nvocabulary: 100\n";
        ModelArchitecture full = CatalogModels.inline(base);
        ModelArchitecture sliding = CatalogModels.inline(base + "sliding_window: {tokens: 128, every: 2}\n");
        double saved = 2 * 4.0 * 64 * (1000 * 1001 / 2.0 - (128 * 129 / 2.0 + (1000 - 128) * 128));
        assertEquals(
                saved,
                full.forwardFlops(1000, AttentionCount.CAUSAL) - sliding.forwardFlops(1000, AttentionCount.CAUSAL));
        assertTrue(full.leftOut().isEmpty());
    }

    @Test
    void everythingWrongIsTold() {
        assertEquals(
                List.of(
                        "model.yaml:6:29: experts.active is 9, but must be a whole number from 1 to 8.",
                        "model.yaml:6:32: experts.fnn_hidden is an unknown key, but must be one of count, active,"
                                + " ffn_hidden, shared_ffn_hidden, dense_layers, every, biases. Maybe ffn_hidden.",
                        "model.yaml:6:61: experts.dense_layers is 5, but must be a whole number from 0 to 4."),
                CatalogModels.problemsOf("""
                    family: llama
                    layers: 4
                    hidden: 64
                    heads: 4
                    vocabulary: 100
                    experts: {count: 8, active: 9, fnn_hidden: 3, dense_layers: 5, ffn_hidden: 7}
                    """));
    }

    /// An encoder knows no window, a decoder no pooler.
    @Test
    void keysOfOtherKindsAreUnknown() {
        List<String> bert = CatalogModels.problemsOf(
                "family: bert\nlayers: 2\nhidden: 64\nheads: 4\nvocabulary: 9\nsliding_window: {tokens: 4}\n");
        assertEquals(1, bert.size());
        assertTrue(bert.getFirst().startsWith("model.yaml:6:1: sliding_window is an unknown key"), bert::toString);
        List<String> gpt = CatalogModels.problemsOf("family: gpt\nlayers: 2\nhidden: 64\nheads: 4\npooler: true\n");
        assertEquals(1, gpt.size());
        assertTrue(gpt.getFirst().startsWith("model.yaml:5:1: pooler is an unknown key"), gpt::toString);
    }
}
