// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

/// Models with two matrices in the MLP whose query heads may share keys and values: Falcon, MPT, Phi.
final class QueryGroups {
    private QueryGroups() {}

    static void falcon(ModelConfig config) {
        config.always("family", "gpt");
        config.size("layers", 32, "num_hidden_layers", "n_layer");
        long hidden = config.size("hidden", 4544, "hidden_size", "n_embed");
        long heads = config.size("heads", 71, "num_attention_heads", "n_head");
        boolean grouped = config.flag("new_decoder_architecture", false);
        config.noEffect("new_decoder_architecture", "says where the number of key and value heads stands");
        if (grouped) {
            config.size("key_value_heads", heads, "num_kv_heads", "n_head_kv");
            config.noEffect("multi_query", "num_kv_heads holds");
        } else {
            config.put("key_value_heads", config.flag("multi_query", true) ? 1L : heads, "multi_query");
            config.noEffect("num_kv_heads", "multi_query holds");
            config.noEffect("n_head_kv", "multi_query holds");
        }
        config.size("ffn_hidden", 4 * hidden, "ffn_hidden_size");
        config.always("positions", 0L);
        config.put("rotary", !config.flag("alibi", false), "alibi");
        config.put("biases", config.flag("bias", false), "bias");
        config.always("norm_biases", true);
        config.size("vocabulary", 65024, "vocab_size");
        config.always("vocabulary_multiple", 1L);
        LlamaLike.tied(config, true);
        GptLike.dropout(config, 0, "hidden_dropout", "attention_dropout");
        GptLike.sideBySide(config, "parallel_attn", true);
    }

    static void mpt(ModelConfig config) {
        config.always("family", "gpt");
        config.size("layers", 24, "n_layers", "num_hidden_layers");
        long hidden = config.size("hidden", 2048, "d_model", "hidden_size");
        long heads = config.size("heads", 16, "n_heads", "num_attention_heads");
        config.put("ffn_hidden", config.size(4, "expansion_ratio") * hidden, "expansion_ratio");
        long keyValueHeads = config.settings().says("attn_config.attn_type", "multiquery_attention") ? 1 : heads;
        config.put(
                "key_value_heads",
                config.size(keyValueHeads, "attn_config.kv_n_heads"),
                "attn_config.kv_n_heads",
                "attn_config.attn_type");
        boolean learned = !config.flag("attn_config.alibi", true) && config.flag("learned_pos_emb", true);
        config.put(
                "positions", learned ? config.size(2048, "max_seq_len") : 0L, "attn_config.alibi", "learned_pos_emb");
        config.put("biases", !config.flag("no_bias", true), "no_bias");
        normOfQueries(config, "attn_config.qk_ln");
        config.size("vocabulary", 50368, "vocab_size");
        config.always("vocabulary_multiple", 1L);
        LlamaLike.tied(config, true);
        GptLike.dropout(config, 0, "resid_pdrop", "emb_pdrop", "attn_config.attn_pdrop");
        if (config.flag("attn_config.prefix_lm", false)) {
            config.gap("attn_config.prefix_lm", "attention is simulated causal");
        }
    }

    static void phi(ModelConfig config) {
        config.always("family", "gpt");
        config.size("layers", 24, "num_hidden_layers");
        config.size("hidden", 2048, "hidden_size");
        long heads = config.size("heads", 32, "num_attention_heads");
        config.size("key_value_heads", heads, "num_key_value_heads");
        config.size("ffn_hidden", 8192, "intermediate_size");
        config.always("positions", 0L);
        config.always("rotary", true);
        normOfQueries(config, "qk_layernorm");
        config.size("vocabulary", 51200, "vocab_size");
        config.always("vocabulary_multiple", 1L);
        LlamaLike.tied(config, false);
        GptLike.dropout(config, 0, "resid_pdrop", "embd_pdrop", "attention_dropout");
        config.gap("model_type", "attention and MLP follow each other; side by side they would share a norm");
    }

    private static void normOfQueries(ModelConfig config, String name) {
        if (config.flag(name, false)) {
            config.put("query_key_norm", true, name);
        } else {
            config.noEffect(name, "queries and keys are not normalised");
        }
    }
}
