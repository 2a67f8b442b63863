// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.strategy.model.Attention;
import dev.dryrun.strategy.model.AttentionMask;
import dev.dryrun.strategy.model.BlockForm;
import dev.dryrun.strategy.model.BlockGroup;
import dev.dryrun.strategy.model.CrossAttention;
import dev.dryrun.strategy.model.DenseFeedForward;
import dev.dryrun.strategy.model.ExpertFeedForward;
import dev.dryrun.strategy.model.FeedForward;
import dev.dryrun.strategy.model.GroupedQueryAttention;
import dev.dryrun.strategy.model.LatentAttention;
import dev.dryrun.strategy.model.LogitHead;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.Recurrence;
import dev.dryrun.strategy.model.RelativePositions;
import dev.dryrun.strategy.model.Sublayer;

/// What of a model the trainer has no kernels for.
///
/// @param complaints to which it is added
record TrainableModel(Complaints complaints) {
    private static final int BYTE_VALUES = 256;

    void check(ModelArchitecture model) {
        if (model.dropout()) {
            tell("dropout", "true", "does not do that", "dropout: false");
        }
        if (model.prediction() != null) {
            tell("multi_token_prediction_layers", "given", "does not do that", "0");
        }
        if (model.embedding().tokenTypes() > 0
                || model.embedding().norm() != null
                || model.embedding().width() != model.hidden()
                || !(model.head() instanceof LogitHead)) {
            tell("family", model.name(), "does not know such an embedding or head", "gpt or llama");
        }
        if (model.embedding().vocabulary() < BYTE_VALUES) {
            tell("vocabulary", model.embedding().vocabulary(), "learns bytes, of which there are 256", "256");
        }
        for (BlockGroup group : model.groups()) {
            if (group.form() != BlockForm.SERIAL) {
                tell("parallel_layers", "true", "does not do that", "false");
            }
            if (group.sublayers().size() != 2) {
                tell("family", model.name(), "wants attention and a feed-forward part in each block", "gpt or llama");
            }
            group.sublayers().forEach(this::check);
        }
    }

    static boolean hasExperts(ModelArchitecture model) {
        return model.groups().stream()
                .flatMap(group -> group.sublayers().stream())
                .anyMatch(ExpertFeedForward.class::isInstance);
    }

    private void check(Sublayer sublayer) {
        switch (sublayer) {
            case Attention attention -> check(attention);
            case FeedForward feedForward -> check(feedForward);
            case Recurrence recurrence ->
                tell("family", recurrence.getClass().getSimpleName(), "does not do that", "gpt or llama");
        }
    }

    private void check(Attention attention) {
        switch (attention) {
            case GroupedQueryAttention grouped -> {
                if (grouped.relative() != RelativePositions.NONE || grouped.sinks() || grouped.queryKeyNorm() != null) {
                    tell(
                            "attention",
                            "with norms of heads, sinks or relative positions",
                            "does not do that",
                            "plain attention");
                }
                if (!grouped.mask().equals(AttentionMask.CAUSAL)) {
                    tell("attention", "not causal over all tokens", "does not do that", "plain attention");
                }
            }
            case LatentAttention ignored -> tell("attention", "latent", "does not do that", "grouped queries");
            case CrossAttention ignored -> tell("family", "t5", "does not do that", "gpt or llama");
        }
    }

    private void check(FeedForward feedForward) {
        switch (feedForward) {
            case DenseFeedForward ignored -> {
                // any width, with a gate or without
            }
            case ExpertFeedForward experts -> {
                if (experts.shared() != null
                        || experts.routerBias()
                        || experts.expert().biases()) {
                    tell("experts", "with shared ones or biases", "does not do that", "routed experts alone");
                }
            }
            default -> tell("family", feedForward.getClass().getSimpleName(), "does not do that", "gpt or llama");
        }
    }

    private void tell(String key, Object found, String rule, String remedy) {
        complaints.add("model", key, found, rule, remedy);
    }
}
