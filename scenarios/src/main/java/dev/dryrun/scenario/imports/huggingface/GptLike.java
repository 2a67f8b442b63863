// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

/// GPT-2 and the models built like it: two matrices in the MLP, biases, norms with biases.
final class GptLike {
    private static final String PARALLEL =
            "attention and MLP follow each other; side by side they would share a norm and an all-reduce";

    private GptLike() {}

    static void gpt2(ModelConfig config) {
        config.always("family", "gpt");
        config.size("layers", 12, "n_layer", "num_hidden_layers");
        long hidden = config.size("hidden", 768, "n_embd", "hidden_size");
        config.size("heads", 12, "n_head", "num_attention_heads");
        config.size("ffn_hidden", 4 * hidden, "n_inner");
        config.size("positions", 1024, "n_positions", "max_position_embeddings");
        config.size("vocabulary", 50257, "vocab_size");
        config.always("vocabulary_multiple", 1L);
        LlamaLike.tied(config, true);
        dropout(config, 0.1, "resid_pdrop", "attn_pdrop", "embd_pdrop");
    }

    static void gptNeox(ModelConfig config) {
        config.always("family", "gpt");
        config.size("layers", 44, "num_hidden_layers");
        config.size("hidden", 6144, "hidden_size");
        config.size("heads", 64, "num_attention_heads");
        config.size("ffn_hidden", 24576, "intermediate_size");
        config.always("positions", 0L);
        config.always("rotary", true);
        config.size("vocabulary", 50432, "vocab_size");
        config.always("vocabulary_multiple", 1L);
        LlamaLike.tied(config, false);
        dropout(config, 0, "hidden_dropout", "attention_dropout");
        if (config.flag("attention_bias", true)) {
            config.noEffect("attention_bias", "biases, as in all models of this family");
        } else {
            config.gap("attention_bias", "attention has biases in the scenario");
        }
        sideBySide(config, "use_parallel_residual", true);
    }

    static void gptj(ModelConfig config) {
        config.always("family", "gpt");
        config.size("layers", 28, "n_layer", "num_hidden_layers");
        long hidden = config.size("hidden", 4096, "n_embd", "hidden_size");
        config.size("heads", 16, "n_head", "num_attention_heads");
        config.size("ffn_hidden", 4 * hidden, "n_inner");
        config.always("positions", 0L);
        config.always("rotary", true);
        config.size("vocabulary", 50400, "vocab_size");
        config.always("vocabulary_multiple", 1L);
        LlamaLike.tied(config, false);
        dropout(config, 0, "resid_pdrop", "attn_pdrop", "embd_pdrop");
        config.gap("model_type", PARALLEL + ", and attention would have no biases");
    }

    static void opt(ModelConfig config) {
        config.always("family", "gpt");
        config.size("layers", 12, "num_hidden_layers");
        long hidden = config.size("hidden", 768, "hidden_size", "d_model");
        config.size("heads", 12, "num_attention_heads");
        config.size("ffn_hidden", 3072, "ffn_dim");
        // The library keeps two more rows than there are positions.
        config.put("positions", 2 + config.size(2048, "max_position_embeddings"), "max_position_embeddings");
        config.size("vocabulary", 50272, "vocab_size");
        config.always("vocabulary_multiple", 1L);
        LlamaLike.tied(config, true);
        dropout(config, 0.1, "dropout", "attention_dropout", "activation_dropout");
        long width = config.size(hidden, "word_embed_proj_dim");
        if (width == hidden) {
            config.noEffect("word_embed_proj_dim", "as wide as the model");
        } else {
            config.put("embedding_width", width, "word_embed_proj_dim");
        }
        if (config.flag("do_layer_norm_before", true) && !config.flag("_remove_final_layer_norm", false)) {
            config.noEffect("do_layer_norm_before", "norms stand before attention and MLP, and one at the end");
            config.noEffect("_remove_final_layer_norm", "there is a norm at the end");
        } else {
            config.put("final_norm", false, "do_layer_norm_before", "_remove_final_layer_norm");
        }
        if (!config.flag("enable_bias", true)) {
            config.put("biases", false, "enable_bias");
        }
    }

    static void bloom(ModelConfig config) {
        config.always("family", "gpt");
        config.size("layers", 2, "n_layer", "num_hidden_layers");
        long hidden = config.size("hidden", 64, "hidden_size", "n_embed");
        config.size("heads", 8, "n_head", "num_attention_heads");
        config.size("ffn_hidden", 4 * hidden, "n_inner");
        config.always("positions", 0L);
        config.always("embedding_norm", true);
        config.size("vocabulary", 250880, "vocab_size");
        config.always("vocabulary_multiple", 1L);
        LlamaLike.tied(config, true);
        dropout(config, 0, "hidden_dropout", "attention_dropout");
    }

    /// Dropout runs where one of the rates is above zero.
    static void dropout(ModelConfig config, double whenAbsent, String... rates) {
        boolean any = false;
        for (String rate : rates) {
            any |= config.settings().number(rate, whenAbsent) > 0;
        }
        config.put("dropout", any, rates);
    }

    /// Attention and MLP that both read the same residual and add to it together.
    static void sideBySide(ModelConfig config, String name, boolean whenAbsent) {
        if (config.flag(name, whenAbsent)) {
            config.gap(name, PARALLEL);
        } else {
            config.noEffect(name, "attention and MLP follow each other");
        }
    }
}
