// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

/// DeepSeek's models: latent attention and experts, some of which are shared by all tokens.
final class LatentModels {
    private LatentModels() {}

    /// What the library takes where a size is absent.
    private record Defaults(
            long vocabulary,
            long hidden,
            long layers,
            long heads,
            long ffn,
            long experts,
            long active,
            long shared,
            long expertFfn,
            long denseLayers) {}

    static void deepseekV2(ModelConfig config) {
        read(config, new Defaults(32000, 4096, 32, 32, 11008, 64, 0, 2, 1407, 0));
    }

    static void deepseekV3(ModelConfig config) {
        read(config, new Defaults(129280, 7168, 61, 128, 18432, 256, 8, 1, 2048, 3));
    }

    private static void read(ModelConfig config, Defaults defaults) {
        config.always("family", "llama");
        long layers = config.size("layers", defaults.layers(), "num_hidden_layers");
        config.size("hidden", defaults.hidden(), "hidden_size");
        config.size("heads", defaults.heads(), "num_attention_heads");
        config.noEffect("num_key_value_heads", "latent attention has a key and a value for each head");
        config.size("head_dimension", 128, "qk_nope_head_dim");
        latentAttention(config);
        config.size("ffn_hidden", defaults.ffn(), "intermediate_size");
        config.size("vocabulary", defaults.vocabulary(), "vocab_size");
        config.always("vocabulary_multiple", 1L);
        LlamaLike.tied(config, false);
        if (config.flag("attention_bias", false)) {
            config.gap("attention_bias", "biases of attention are left out");
        } else {
            config.noEffect("attention_bias", "no biases, as in all models of this family");
        }
        if (config.settings().isNull("n_routed_experts")) {
            return;
        }
        experts(config, defaults, layers);
        long predictions = config.settings().integer("num_nextn_predict_layers", 0, 1024, 0);
        if (predictions > 0) {
            config.put("multi_token_prediction_layers", predictions, "num_nextn_predict_layers");
        } else {
            config.noEffect("num_nextn_predict_layers", "one token is predicted");
        }
    }

    private static void latentAttention(ModelConfig config) {
        if (!config.settings().isNull("q_lora_rank")) {
            config.size("latent_attention.query_rank", 1536, "q_lora_rank");
        }
        config.size("latent_attention.key_value_rank", 512, "kv_lora_rank");
        config.size("latent_attention.rotary_dimension", 64, "qk_rope_head_dim");
        config.size("latent_attention.value_dimension", 128, "v_head_dim");
    }

    private static void experts(ModelConfig config, Defaults defaults, long layers) {
        config.size("experts.count", defaults.experts(), "n_routed_experts", "num_local_experts");
        if (defaults.active() == 0 && !config.has("num_experts_per_tok")) {
            config.settings().wrong("num_experts_per_tok", "is needed: the library has no default", "");
        }
        config.size("experts.active", Math.max(1, defaults.active()), "num_experts_per_tok");
        long width = config.size("experts.ffn_hidden", defaults.expertFfn(), "moe_intermediate_size");
        if (!config.settings().isNull("n_shared_experts")) {
            long shared = config.settings().integer("n_shared_experts", 0, 1024, defaults.shared());
            if (shared > 0) {
                config.put("experts.shared_ffn_hidden", shared * width, "n_shared_experts");
            } else {
                config.noEffect("n_shared_experts", "no expert is shared");
            }
        }
        long dense = config.settings().integer("first_k_dense_replace", 0, layers, defaults.denseLayers());
        config.put("experts.dense_layers", dense, "first_k_dense_replace");
        long every = config.size(1, "moe_layer_freq");
        if (every > 1) {
            config.put("experts.every", every, "moe_layer_freq");
        } else {
            config.noEffect("moe_layer_freq", "every layer has experts");
        }
    }
}
