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

    static @Nullable String obstacle(ModelArchitecture model) {
        Set<String> unknown = new LinkedHashSet<>();
        if (model.embedding().width() != model.embedding().hidden()) {
            unknown.add("matrices between embedding and blocks");
        }
        for (BlockGroup group : model.groups()) {
            for (Sublayer sublayer : group.sublayers()) {
                if (sublayer instanceof GroupedQueryAttention grouped
                        && grouped.relative() == RelativePositions.MATRIX) {
                    unknown.add("relative positions by a matrix");
                }
            }
        }
        return unknown.isEmpty() ? null : list(unknown) + " are not simulated yet";
    }

    static List<String> leftOut(ModelArchitecture model) {
        Set<String> leftOut = new LinkedHashSet<>();
        if (model.embedding().norm() != null) {
            leftOut.add("the norm behind the embedding");
        }
        for (BlockGroup group : model.groups()) {
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
        if (attention.sinks()) {
            leftOut.add("attention sinks");
        }
        if (attention.relative() == RelativePositions.BUCKETS) {
            leftOut.add("the biases of relative positions");
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
