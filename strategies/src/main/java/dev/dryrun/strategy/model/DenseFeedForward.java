// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;

/// An MLP: a matrix up, an activation, a matrix down; gated, a second matrix up whose result is multiplied in.
///
/// h hidden, F the width, u = F or 2F gated: h u + F h parameters, u + h of biases, 2 s (h u + F h) operations.
///
/// @param hidden h
/// @param ffnHidden F
/// @param gated whether there is a gate
/// @param biases whether the products have biases
public record DenseFeedForward(long hidden, long ffnHidden, boolean gated, boolean biases) implements FeedForward {
    @Override
    public long parameters() {
        return matrices() + (biases ? inputWidth() + hidden : 0);
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        return 2.0 * sequenceLength * matrices();
    }

    private long matrices() {
        return hidden * inputWidth() + ffnHidden * hidden;
    }

    private long inputWidth() {
        return gated ? 2 * ffnHidden : ffnHidden;
    }
}
