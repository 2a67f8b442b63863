// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.strategy.model.LayerStep;

/// An attention core as one rank computes it.
///
/// @param core heads, widths and mask
/// @param sequences of the micro-batch
/// @param queries of a sequence that this rank has
/// @param keys of a sequence that they are held against
/// @param heads of this rank
/// @param pairShare of the pairs that the mask leaves those inside documents; materialised scores have all
/// @param pieces in which keys and values come, one kernel for each
record AttentionShape(
        LayerStep.Attend core, long sequences, long queries, long keys, long heads, int pieces, double pairShare) {
    /// Ranks that share a sequence have pieces of it from front and back, so that a mask leaves all the same work.
    FlashAttention flash() {
        double pairs = pairShare * core.mask().computedPairs(keys) * queries / keys;
        return new FlashAttention(sequences, queries, pairs, heads, core.keyDimension(), core.valueDimension());
    }

    /// Elements of materialised scores.
    double scoreElements() {
        return (double) sequences * heads * queries * keys;
    }

    double resultElements() {
        return (double) sequences * queries * heads * core.valueDimension();
    }
}
