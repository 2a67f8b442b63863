// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import java.util.List;

/// The order in which scenarios write their blocks and keys.
final class BlockOrder {
    /// Blocks and keys in their order; what is not listed follows the listed keys of its block.
    private static final List<String> ORDER = List.of(
            "schema",
            "name",
            "description",
            "model",
            "model.extends",
            "model.family",
            "model.layers",
            "model.encoder_layers",
            "model.hidden",
            "model.heads",
            "model.key_value_heads",
            "model.head_dimension",
            "model.ffn_hidden",
            "model.gated_mlp",
            "model.experts",
            "model.experts.count",
            "model.experts.active",
            "model.experts.ffn_hidden",
            "model.experts.shared_ffn_hidden",
            "model.experts.dense_layers",
            "model.experts.every",
            "model.latent_attention",
            "model.latent_attention.query_rank",
            "model.latent_attention.key_value_rank",
            "model.latent_attention.rotary_dimension",
            "model.latent_attention.value_dimension",
            "model.vocabulary",
            "model.vocabulary_multiple",
            "model.positions",
            "model.rotary",
            "model.biases",
            "model.tied_head",
            "model.dropout",
            "cluster",
            "cluster.node",
            "cluster.nodes",
            "cluster.fabric",
            "training",
            "training.sequence_length",
            "training.global_batch",
            "training.precision",
            "training.scaling",
            "training.master_weights",
            "training.loss_scaling",
            "training.reduce_in",
            "training.optimizer",
            "training.fused_optimizer",
            "training.tokens",
            "strategy",
            "strategy.tensor",
            "strategy.context",
            "strategy.context_exchange",
            "strategy.expert",
            "strategy.expert_tensor",
            "strategy.order",
            "strategy.sequence_parallel",
            "strategy.pipeline",
            "strategy.pipeline.stages",
            "strategy.pipeline.schedule",
            "strategy.pipeline.chunks",
            "strategy.pipeline.embedding_slots",
            "strategy.pipeline.layers_per_stage",
            "strategy.data",
            "strategy.sharding",
            "strategy.sharding.what",
            "strategy.sharding.group",
            "strategy.sharding.reshard_after_forward",
            "strategy.micro_batch",
            "strategy.recompute",
            "strategy.recompute.kind",
            "strategy.recompute.method",
            "strategy.recompute.layers",
            "strategy.recompute.modules",
            "strategy.offload",
            "strategy.offload.optimizer",
            "strategy.offload.activations",
            "strategy.offload.host_update_bandwidth",
            "stack",
            "stack.extends",
            "site");

    private BlockOrder() {}

    /// Part by part: by the place in the list, what is not listed last and by its letters.
    static int compare(String one, String other) {
        String[] ones = one.split("\\.", -1);
        String[] others = other.split("\\.", -1);
        String path = "";
        for (int i = 0; i < Math.min(ones.length, others.length); i++) {
            if (!ones[i].equals(others[i])) {
                int first = place(path + ones[i]);
                int second = place(path + others[i]);
                return first == second ? ones[i].compareTo(others[i]) : Integer.compare(first, second);
            }
            path += ones[i] + ".";
        }
        return Integer.compare(ones.length, others.length);
    }

    private static int place(String key) {
        int place = ORDER.indexOf(key);
        return place < 0 ? ORDER.size() : place;
    }
}
