// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

import dev.dryrun.scenario.imports.huggingface.LlamaLike.Defaults;
import dev.dryrun.scenario.imports.settings.Setting;
import java.util.List;

/// Models of Llama's build whose MLPs are experts.
final class ExpertModels {
    private ExpertModels() {}

    static void mixtral(ModelConfig config) {
        LlamaLike.body(config, new Defaults(32000, 4096, 32, 32, 14336, 8, 0));
        LlamaLike.tied(config, false);
        Windows.slidingEverywhere(config, 0);
        config.size("experts.count", 8, "num_local_experts", "num_experts");
        config.size("experts.active", 2, "num_experts_per_tok");
        config.size("experts.ffn_hidden", 14336, "intermediate_size");
    }

    static void qwen2Moe(ModelConfig config) {
        LlamaLike.body(config, new Defaults(151936, 2048, 24, 16, 5632, 16, 0));
        LlamaLike.tied(config, false);
        config.put("query_key_value_biases", config.flag("qkv_bias", true), "qkv_bias");
        Windows.slidingFrom(config, 28);
        config.size("experts.count", 60, "num_experts", "num_local_experts");
        config.size("experts.active", 4, "num_experts_per_tok");
        config.size("experts.ffn_hidden", 1408, "moe_intermediate_size");
        config.size("experts.shared_ffn_hidden", 5632, "shared_expert_intermediate_size");
        sparseLayers(config);
    }

    static void qwen3Moe(ModelConfig config) {
        LlamaLike.body(config, new Defaults(151936, 2048, 24, 32, 6144, 4, 0));
        LlamaLike.tied(config, false);
        LlamaLike.biases(config, false);
        config.always("query_key_norm", true);
        Windows.slidingFrom(config, 28);
        config.size("experts.count", 128, "num_experts", "num_local_experts");
        config.size("experts.active", 8, "num_experts_per_tok");
        config.size("experts.ffn_hidden", 768, "moe_intermediate_size");
        sparseLayers(config);
    }

    static void gptOss(ModelConfig config) {
        LlamaLike.body(config, new Defaults(201088, 2880, 36, 64, 2880, 8, 64));
        LlamaLike.tied(config, false);
        config.put("biases", config.flag("attention_bias", true), "attention_bias");
        config.always("norm_biases", false);
        config.always("attention_sinks", true);
        Windows.slidingAlternately(config, 128);
        config.size("experts.count", 128, "num_local_experts", "num_experts");
        config.size("experts.active", 4, "num_experts_per_tok", "experts_per_token");
        config.size("experts.ffn_hidden", 2880, "intermediate_size");
        config.always("experts.biases", true);
    }

    /// `decoder_sparse_step` makes every n-th layer one of experts, `mlp_only_layers` some layers dense all the same.
    private static void sparseLayers(ModelConfig config) {
        long every = config.size(1, "decoder_sparse_step");
        if (every > 1) {
            config.put("experts.every", every, "decoder_sparse_step");
        } else {
            config.noEffect("decoder_sparse_step", "every layer has experts");
        }
        Setting dense = config.settings().find("mlp_only_layers");
        if (dense == null || !(dense.value() instanceof List<?> layers) || layers.isEmpty()) {
            config.noEffect("mlp_only_layers", "no layer is excepted");
            return;
        }
        for (int i = 0; i < layers.size(); i++) {
            if (!(layers.get(i) instanceof Long layer) || layer != i) {
                config.gap("mlp_only_layers", "these layers have experts in the scenario like the others");
                return;
            }
        }
        config.put("experts.dense_layers", (long) layers.size(), "mlp_only_layers");
    }
}
