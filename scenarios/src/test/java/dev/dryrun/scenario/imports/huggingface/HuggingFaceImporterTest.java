// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.OptionReport;
import dev.dryrun.scenario.imports.Trial;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceImporterTest {
    private static final String REST = """
        cluster: {node: dgx-h100, nodes: 1}
        training: {sequence_length: 1024, global_batch: 16, precision: bf16}
        strategy: {tensor: 2, data: 4, sharding: optimizer}
        """;

    private static Trial config(String file) {
        return Trial.ofResource(new HuggingFaceImporter(), file + ".json", Trial.OPEN);
    }

    private static Trial text(String json) {
        return Trial.of(new HuggingFaceImporter(), "config.json", json, Trial.OPEN);
    }

    @Test
    void aLlamaIsReadWithEveryDimension() {
        assertEquals("""
            model.name: Meta-Llama-3-8B
            model.family: llama
            model.layers: 32
            model.hidden: 4096
            model.heads: 32
            model.key_value_heads: 8
            model.ffn_hidden: 14336
            model.vocabulary: 128256
            model.vocabulary_multiple: 1
            model.tied_head: false\
            """, config("llama-3-8b").draft());
    }

    @Test
    void latentAttentionAndSharedExpertsOfDeepSeekV3() {
        assertEquals("""
            model.name: deepseek_v3
            model.family: llama
            model.layers: 61
            model.hidden: 7168
            model.heads: 128
            model.head_dimension: 128
            model.latent_attention.query_rank: 1536
            model.latent_attention.key_value_rank: 512
            model.latent_attention.rotary_dimension: 64
            model.latent_attention.value_dimension: 128
            model.ffn_hidden: 18432
            model.vocabulary: 129280
            model.vocabulary_multiple: 1
            model.tied_head: false
            model.experts.count: 256
            model.experts.active: 8
            model.experts.ffn_hidden: 2048
            model.experts.shared_ffn_hidden: 2048
            model.experts.dense_layers: 3
            model.multi_token_prediction_layers: 1\
            """, config("deepseek-v3").draft());
    }

    /// V2-Lite has no compression of queries, which it says by null, and two shared experts of 1408.
    @Test
    void aNullIsNotADefault() {
        Trial lite = config("deepseek-v2-lite");
        assertEquals("open", lite.value("model.latent_attention.query_rank"));
        assertEquals("2816", lite.value("model.experts.shared_ffn_hidden"));
        assertEquals("open", config("mixtral-8x7b").value("model.sliding_window.tokens"));
        String mistral = "{\"model_type\": \"mistral\"%s}";
        assertEquals("4096", text(mistral.formatted("")).value("model.sliding_window.tokens"));
        assertEquals(
                "open", text(mistral.formatted(", \"sliding_window\": null")).value("model.sliding_window.tokens"));
        assertEquals("8", text(mistral.formatted("")).value("model.key_value_heads"));
        assertEquals(
                "32", text(mistral.formatted(", \"num_key_value_heads\": null")).value("model.key_value_heads"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "mistral-7b, model.sliding_window.every, 1",
        "mixtral-8x7b, model.experts.count, 8",
        "mixtral-8x7b, model.experts.active, 2",
        "mixtral-8x7b, model.experts.ffn_hidden, 14336",
        "qwen2.5-7b, model.query_key_value_biases, true",
        "qwen2.5-7b, model.sliding_window.tokens, open",
        "qwen3-30b-a3b, model.query_key_norm, true",
        "qwen3-30b-a3b, model.head_dimension, 128",
        "qwen3-30b-a3b, model.experts.ffn_hidden, 768",
        "qwen3-30b-a3b, model.experts.every, open",
        "gpt-oss-20b, model.attention_sinks, true",
        "gpt-oss-20b, model.sliding_window.tokens, 128",
        "gpt-oss-20b, model.sliding_window.every, 2",
        "gpt-oss-20b, model.experts.biases, true",
        "gpt-oss-20b, model.norm_biases, false",
        "opt-350m, model.embedding_width, 512",
        "opt-350m, model.final_norm, false",
        "opt-350m, model.positions, 2050",
        "bloom-560m, model.embedding_norm, true",
        "bloom-560m, model.ffn_hidden, 4096",
        "t5-v1.1-base, model.family, t5",
        "t5-v1.1-base, model.encoder_layers, 12",
        "t5-v1.1-base, model.gated_mlp, true",
        "t5-v1.1-base, model.tied_head, false",
        "t5-v1.1-base, model.relative_buckets, 32",
        "gemma-7b, model.head_dimension, 256",
        "gemma-7b, model.tied_head, true",
        "falcon-7b, model.key_value_heads, 1",
        "falcon-7b, model.norm_biases, true",
        "mpt-7b, model.positions, 0",
        "mpt-7b, model.biases, false",
        "bert-base, model.token_types, 2",
        "bert-base, model.layers, 12",
    })
    void whatMakesAnArchitectureIsRead(String file, String key, String value) {
        assertEquals(value, config(file).value(key));
    }

    /// Published sizes: elements of the weight files of Llama 3 8B, GPT-2 and Gemma 7B; GPT-NeoX-20B's own count.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "llama-3-8b, 8030261248",
        "gpt2, 124439808",
        "gemma-7b, 8537680896",
        "gpt-neox-20b, 20554567680",
    })
    void denseModelsHaveTheirPublishedParametersAndAreSimulated(String file, long parameters) {
        Trial trial = config(file);
        assertEquals(parameters, parameters(trial));
        assertTrue(trial.simulated(REST).stepSeconds() > 0);
    }

    private static long parameters(Trial trial) {
        var problems = new Problems();
        var document = trial.over("", problems);
        long parameters = ModelArchitecture.read(document.root().child("model")).parameters();
        assertEquals(List.of(), problems.all());
        return parameters;
    }

    /// What a configuration makes is what the catalog has, whose counts are held against the published ones; but the
    /// library keeps two more rows of positions for OPT (2 x 1024), and the released MPT-7B has 64 more rows of
    /// vocabulary than the training code's file (64 x 4096).
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "mistral-7b, 0",
        "mixtral-8x7b, 0",
        "qwen2.5-7b, 0",
        "qwen3-30b-a3b, 0",
        "gpt-oss-20b, 0",
        "deepseek-v2-lite, 0",
        "deepseek-v3, 0",
        "opt-350m, 2048",
        "bloom-560m, 0",
        "mpt-7b, 262144",
        "bert-base, 0",
        "t5-v1.1-base, 0",
    })
    void modelsOfAllKindsHaveTheParametersOfTheCatalog(String name, long more) {
        var problems = new Problems();
        Document inCatalog = Objects.requireNonNull(new Catalog(List.of()).find("models", name, problems), name);
        assertEquals(ModelArchitecture.read(inCatalog.root()).parameters() + more, parameters(config(name)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "llama-3-8b | none",
                "gpt2 | none",
                "mixtral-8x7b | none",
                "qwen2.5-7b | none",
                "gpt-neox-20b | use_parallel_residual",
                "falcon-7b | parallel_attn",
                "gpt-oss-20b | quantization_config.quant_method, quantization_config.modules_to_not_convert",
            })
    void whatIsNotModelledIsNamed(String file, String settings) {
        assertEquals(
                settings == null ? "" : settings.replace(", ", "\n"),
                config(file).with(Effect.NOT_MODELLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama-3-8b",
                "gpt2",
                "gpt-neox-20b",
                "opt-350m",
                "mistral-7b",
                "mixtral-8x7b",
                "qwen2.5-7b",
                "qwen3-30b-a3b",
                "deepseek-v3",
                "deepseek-v2-lite",
                "gpt-oss-20b",
                "t5-v1.1-base",
                "bloom-560m",
                "gemma-7b",
                "falcon-7b",
                "mpt-7b",
                "bert-base",
            })
    void everyKeyIsAccountedForAndKnown(String file) {
        Trial trial = config(file);
        String json = Trial.text(HuggingFaceImporter.class, file + ".json");
        List<String> keys = Document.readJson("config.json", json, new Problems()).leaves().stream()
                .map(leaf -> String.join(".", leaf.path()))
                .toList();
        List<OptionReport> options = trial.imported().options();
        assertEquals(
                keys,
                options.stream().limit(keys.size()).map(OptionReport::option).toList());
        assertEquals("", trial.messages());
        options.forEach(option -> assertFalse(option.note().startsWith("unknown"), option::toString));
    }

    @Test
    void valuesKnowTheirPlaces() {
        var layers = text("{\n  \"model_type\": \"llama\",\n  \"num_hidden_layers\": 4\n}")
                .imported()
                .draft()
                .get("model.layers");
        assertEquals("config.json:3:24", layers.at().toString());
        assertEquals("num_hidden_layers", layers.remark());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{\"architectures\": [\"LamaForCausalLM\"]} | config.json:1:19: architectures is [LamaForCausalLM],"
                    + " but must be an architecture that is read: llama, mistral, mixtral, qwen2, qwen2_moe, qwen3,"
                    + " qwen3_moe, gemma, gpt_oss, deepseek_v2, deepseek_v3, gpt2, gpt_neox, gptj, opt, bloom, falcon,"
                    + " mpt, phi, t5, mt5, bert. Maybe \"LlamaForCausalLM\".",
                "{\"model_type\": \"llama\", \"hidden_size\": \"4096\"} | config.json:1:40: hidden_size is \"4096\","
                        + " but must be a whole number from 1 to 268435456. Maybe 4096 without quotes.",
                "{\"model_type\": \"llama\", \"num_attention_heads\": 0} | config.json:1:48: num_attention_heads is 0,"
                        + " but must be a whole number from 1 to 268435456.",
                "{\"model_type\": \"llama\", \"vocab_size\": 8,} | config.json:1:40: a comma before a closing bracket:"
                        + " has no place in JSON. Maybe delete it.",
                "{\"model_type\": \"llama\" | config.json:1:23: the file is not JSON (Unexpected end-of-input: expected"
                        + " close marker for Object), but must be valid JSON.",
                "[1] | config.json:1:1: the file is a list, but must hold a mapping of keys to values.",
            })
    void mistakesAreToldWithTheirPlaces(String json, String message) {
        assertEquals(message, text(json.strip()).messages());
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertEquals(
                3,
                text("{\"model_type\": \"gpt2\", \"n_layer\": -1, \"n_embd\": \"x\", \"tie_word_embeddings\": 3}")
                        .problems()
                        .count());
    }
}
