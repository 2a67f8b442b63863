// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

import java.util.List;

/// Llama and the dense models built like it: a gate in the MLP, rotary positions, norms without biases.
final class LlamaLike {
    private LlamaLike() {}

    static void llama(ModelConfig config) {
        body(config, new Defaults(32000, 4096, 32, 32, 11008, 0, 0));
        tied(config, false);
        biases(config, false);
    }

    static void mistral(ModelConfig config) {
        body(config, new Defaults(32000, 4096, 32, 32, 14336, 8, 0));
        tied(config, false);
        Windows.slidingEverywhere(config, 4096);
    }

    static void qwen2(ModelConfig config) {
        body(config, new Defaults(151936, 4096, 32, 32, 22016, 32, 0));
        tied(config, false);
        config.always("query_key_value_biases", true);
        Windows.slidingFrom(config, 28);
    }

    static void qwen3(ModelConfig config) {
        body(config, new Defaults(151936, 4096, 32, 32, 22016, 32, 128));
        tied(config, false);
        biases(config, false);
        config.always("query_key_norm", true);
        Windows.slidingFrom(config, 28);
    }

    static void gemma(ModelConfig config) {
        body(config, new Defaults(256000, 3072, 28, 16, 24576, 16, 256));
        tied(config, true);
        biases(config, false);
        if (config.flag("use_bidirectional_attention", false)) {
            config.gap("use_bidirectional_attention", "attention is simulated causal");
        }
    }

    /// What the library takes where a size is absent; 0 where a size follows from others.
    record Defaults(long vocabulary, long hidden, long layers, long heads, long ffn, long keyValueHeads, long head) {}

    /// Sizes that all of these models have.
    static void body(ModelConfig config, Defaults defaults) {
        config.always("family", "llama");
        config.size("layers", defaults.layers(), "num_hidden_layers");
        long hidden = config.size("hidden", defaults.hidden(), "hidden_size");
        long heads = config.size("heads", defaults.heads(), "num_attention_heads");
        boolean asHeads = defaults.keyValueHeads() == 0 || config.settings().isNull("num_key_value_heads");
        config.size("key_value_heads", asHeads ? heads : defaults.keyValueHeads(), "num_key_value_heads");
        boolean follows = defaults.head() == 0 || config.settings().isNull("head_dim");
        if (config.has("head_dim") || !follows || hidden % heads != 0) {
            config.size("head_dimension", follows ? Math.max(1, hidden / heads) : defaults.head(), "head_dim");
        }
        config.size("ffn_hidden", defaults.ffn(), "intermediate_size");
        config.size("vocabulary", defaults.vocabulary(), "vocab_size");
        config.always("vocabulary_multiple", 1L);
        if (config.settings().number("attention_dropout", 0) > 0) {
            config.put("dropout", true, "attention_dropout");
        }
    }

    static void tied(ModelConfig config, boolean whenAbsent) {
        config.put("tied_head", config.flag("tie_word_embeddings", whenAbsent), "tie_word_embeddings");
    }

    /// `attention_bias` gives all four projections of attention a bias, `mlp_bias` the three of the MLP.
    static void biases(ModelConfig config, boolean attentionWhenAbsent) {
        boolean attention = config.flag("attention_bias", attentionWhenAbsent);
        boolean mlp = config.flag("mlp_bias", false);
        if (attention && mlp) {
            config.put("biases", true, "attention_bias", "mlp_bias");
            config.always("norm_biases", false);
        } else if (attention) {
            config.put("query_key_value_biases", true, "attention_bias");
            config.gap("attention_bias", "the bias of the projection out of attention is left out");
        } else if (mlp) {
            config.gap("mlp_bias", "biases of the MLP alone are left out");
        }
        for (String name : List.of("attention_bias", "mlp_bias")) {
            if (!config.flag(name, true)) {
                config.noEffect(name, "no biases, as in all models of this family");
            }
        }
    }
}
