// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

/// Models with an encoder: T5 and BERT.
final class Encoders {
    private Encoders() {}

    /// What the library takes where a size is absent.
    private record Defaults(long vocabulary, long layers, long heads, long ffn, String activation) {}

    static void t5(ModelConfig config) {
        encoderDecoder(config, new Defaults(32128, 6, 8, 2048, "relu"));
        LlamaLike.tied(config, true);
    }

    static void mt5(ModelConfig config) {
        encoderDecoder(config, new Defaults(250112, 8, 6, 1024, "gated-gelu"));
        LlamaLike.tied(config, false);
    }

    private static void encoderDecoder(ModelConfig config, Defaults defaults) {
        config.always("family", "t5");
        long encoder = config.size("encoder_layers", defaults.layers(), "num_layers");
        config.size("layers", encoder, "num_decoder_layers");
        config.size("hidden", 512, "d_model");
        config.size("heads", defaults.heads(), "num_heads");
        config.size("head_dimension", 64, "d_kv");
        config.size("ffn_hidden", defaults.ffn(), "d_ff");
        boolean gated = config.settings()
                .text("feed_forward_proj", defaults.activation())
                .startsWith("gated");
        config.put("gated_mlp", gated, "feed_forward_proj");
        config.size("vocabulary", defaults.vocabulary(), "vocab_size");
        config.always("vocabulary_multiple", 1L);
        config.always("relative_positions", "buckets");
        config.size("relative_buckets", 32, "relative_attention_num_buckets");
        config.always("biases", false);
        config.put("dropout", config.settings().number("dropout_rate", 0.1) > 0, "dropout_rate");
    }

    static void bert(ModelConfig config) {
        config.always("family", "bert");
        config.size("layers", 12, "num_hidden_layers");
        config.size("hidden", 768, "hidden_size");
        config.size("heads", 12, "num_attention_heads");
        config.size("ffn_hidden", 3072, "intermediate_size");
        config.size("positions", 512, "max_position_embeddings");
        config.size("vocabulary", 30522, "vocab_size");
        config.always("vocabulary_multiple", 1L);
        config.size("token_types", 2, "type_vocab_size");
        config.always("pooler", true);
        config.always("embedding_norm", true);
        GptLike.dropout(config, 0.1, "hidden_dropout_prob", "attention_probs_dropout_prob");
    }
}
