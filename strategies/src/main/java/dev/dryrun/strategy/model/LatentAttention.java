// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;

/// Multi-head latent attention (MLA): keys and values of all heads are made from one short vector per token, which is
/// all that a cache keeps, beside one rotated key that the heads share. Queries may be compressed in the same way.
///
/// h hidden, n heads, d the width of a head without rotation, r the rotated width, v that of a value, c and c' the
/// ranks of keys and values and of queries, s tokens, p pairs of query and key that count:
///
///     queries  = h c' + c' n (d + r)      or h n (d + r) without compression
///     keys     = h (c + r) + c n (d + v)
///     output   = n v h
///     norms    = c + c'
///     forward  = 2 s (queries + keys + output) + 2 n (d + r + v) p
///     cache    = c + r elements a token
///
/// The operations are those of training and of reading a prompt, where keys and values are made for every head.
/// Source: DeepSeek-AI, 2024, arXiv:2405.04434, section 2.1, eqs. 9 to 19, and table 1.
///
/// @param hidden h
/// @param heads n
/// @param headDimension d
/// @param queryRank c'; 0 where queries are not compressed
/// @param keyValueRank c
/// @param rotaryDimension r
/// @param valueDimension v
public record LatentAttention(
        long hidden,
        int heads,
        int headDimension,
        int queryRank,
        int keyValueRank,
        int rotaryDimension,
        int valueDimension)
        implements Attention {
    @Override
    public long parameters() {
        return matrices() + queryRank + keyValueRank;
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        double core = 2.0 * heads * (headDimension + rotaryDimension + valueDimension);
        return 2.0 * sequenceLength * matrices() + core * AttentionMask.CAUSAL.pairs(sequenceLength, count);
    }

    @Override
    public long keyValueElements() {
        return (long) keyValueRank + rotaryDimension;
    }

    private long matrices() {
        long queryWidth = (long) heads * (headDimension + rotaryDimension);
        long queries = queryRank == 0 ? hidden * queryWidth : (hidden + queryWidth) * queryRank;
        long keys = hidden * keyValueElements() + (long) keyValueRank * heads * (headDimension + valueDimension);
        return queries + keys + (long) heads * valueDimension * hidden;
    }
}
