// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;

/// Attention of a decoder to what an encoder made of its own sequence, which is taken to be as long. Keys and values
/// come from the encoder's tokens, once for each, and are kept.
///
/// h hidden, q the width of all heads, s tokens: 4 h q parameters (q + 2q + h of biases), 2 s 4 h q + 4 q s^2
/// operations. Source: Vaswani et al., 2017, arXiv:1706.03762, section 3.2.3.
///
/// @param hidden h
/// @param heads of queries and of keys
/// @param headDimension width of a head
/// @param biases whether the four products have biases
public record CrossAttention(long hidden, int heads, int headDimension, boolean biases) implements Attention {
    @Override
    public long parameters() {
        return 4 * hidden * width() + (biases ? 3 * width() + hidden : 0);
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        return 2.0 * sequenceLength * (4 * hidden * width())
                + 4 * width() * AttentionMask.NONE.pairs(sequenceLength, count);
    }

    @Override
    public long keyValueElements() {
        return 2 * width();
    }

    private long width() {
        return (long) heads * headDimension;
    }
}
