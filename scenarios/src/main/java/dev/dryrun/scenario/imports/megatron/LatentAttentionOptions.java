// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

/// Multi-latent attention: `model.latent_attention`. What is absent has Megatron-LM's default.
final class LatentAttentionOptions {
    private static final int WIDEST = 1 << 20;

    private LatentAttentionOptions() {}

    static void read(Reading reading) {
        Option latent = reading.find("--multi-latent-attention");
        if (latent == null) {
            return;
        }
        latent.modelled("model.latent_attention");
        copy(reading, "model.head_dimension", "--qk-head-dim", 128);
        reading.copy("model.latent_attention.query_rank", 1, WIDEST, "--q-lora-rank");
        copy(reading, "model.latent_attention.key_value_rank", "--kv-lora-rank", 32);
        copy(reading, "model.latent_attention.rotary_dimension", "--qk-pos-emb-head-dim", 64);
        copy(reading, "model.latent_attention.value_dimension", "--v-head-dim", 128);
    }

    private static void copy(Reading reading, String key, String name, long whenAbsent) {
        if (reading.has(name)) {
            reading.copy(key, 1, WIDEST, name);
        } else {
            reading.assume(key, whenAbsent, "Megatron-LM's default of " + name);
        }
    }
}
