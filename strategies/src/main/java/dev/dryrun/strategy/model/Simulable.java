// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a model the simulator knows. Blocks of another kind are an obstacle; what has hardly a weight and no matrix
/// product is left out, and said so.
final class Simulable {
    private Simulable() {}

    /// What stands in the way of simulating the model, to be read after "its"; null if nothing does.
    static @Nullable String obstacle(
            EmbeddingEntry ends, List<BlockGroup> groups, @Nullable PredictionModules prediction) {
        Set<String> unknown = new LinkedHashSet<>();
        if (ends.embedding().width() != ends.embedding().hidden()) {
            unknown.add("matrices between embedding and blocks");
        }
        for (BlockGroup group : groups) {
            for (Sublayer sublayer : group.sublayers()) {
                String obstacle = obstacle(sublayer);
                if (obstacle != null) {
                    unknown.add(obstacle);
                }
            }
        }
        if (prediction != null) {
            unknown.add("modules that predict further tokens");
        }
        return unknown.isEmpty() ? null : list(unknown) + " are not simulated yet";
    }

    private static @Nullable String obstacle(Sublayer sublayer) {
        return switch (sublayer) {
            case GroupedQueryAttention grouped ->
                grouped.relative() == RelativePositions.MATRIX
                        ? "relative positions by a matrix"
                        : grouped.mask().causal() ? null : "encoder layers";
            case LatentAttention ignored -> "latent-attention layers";
            case CrossAttention ignored -> "cross-attention layers";
            case DenseFeedForward ignored -> null;
            case ExpertFeedForward ignored -> "mixture-of-experts layers";
        };
    }

    /// What a simulated decoder is simulated without, in words.
    static List<String> leftOut(EmbeddingEntry ends, List<BlockGroup> groups) {
        Set<String> leftOut = new LinkedHashSet<>();
        if (ends.embedding().norm() != null) {
            leftOut.add("the norm behind the embedding");
        }
        for (BlockGroup group : groups) {
            for (Sublayer sublayer : group.sublayers()) {
                if (sublayer instanceof GroupedQueryAttention attention) {
                    leftOut.addAll(leftOut(attention));
                }
            }
        }
        return List.copyOf(leftOut);
    }

    private static List<String> leftOut(GroupedQueryAttention attention) {
        List<String> leftOut = new ArrayList<>();
        if (attention.queryKeyValueBiases() && !attention.outputBias()) {
            leftOut.add("the biases of queries, keys and values");
        }
        if (attention.queryKeyNorm() != null) {
            leftOut.add("the norms of queries and keys");
        }
        if (attention.sinks()) {
            leftOut.add("attention sinks");
        }
        if (attention.relative() == RelativePositions.BUCKETS) {
            leftOut.add("the biases of relative positions");
        }
        if (attention.mask().window() > 0) {
            leftOut.add("the window of " + attention.mask().window() + " tokens: attention sees all before it");
        }
        return leftOut;
    }

    /// "a", "a and b", "a, b and c".
    private static String list(Set<String> words) {
        List<String> all = List.copyOf(words);
        int last = all.size() - 1;
        return last == 0 ? all.getFirst() : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
    }
}
