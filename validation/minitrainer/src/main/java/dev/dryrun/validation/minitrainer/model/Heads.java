// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import dev.dryrun.strategy.model.GroupedQueryAttention;

/// Heads of attention that a rank has.
///
/// @param queries query heads
/// @param keys key heads, of values as many
/// @param dimension width of a head
record Heads(long queries, long keys, long dimension) {
    static Heads of(GroupedQueryAttention attention, int ranks) {
        return new Heads(attention.heads() / ranks, attention.keyValueHeads() / ranks, attention.headDimension());
    }

    long queryWidth() {
        return queries * dimension;
    }

    long keyWidth() {
        return keys * dimension;
    }
}
