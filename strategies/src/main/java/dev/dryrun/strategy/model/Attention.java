// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;

/// A way in which the tokens of a sequence look at each other, or at those of another one.
public sealed interface Attention extends Sublayer permits GroupedQueryAttention, LatentAttention, CrossAttention {
    /// Operations of scores and weighted sums of a forward pass over one sequence.
    double coreFlops(long sequenceLength, AttentionCount count);
}
