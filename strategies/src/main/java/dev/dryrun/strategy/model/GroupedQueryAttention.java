// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import org.jspecify.annotations.Nullable;

/// Self-attention whose query heads share key and value heads in groups; with as many key as query heads it is
/// multi-head attention, with one it is multi-query attention.
///
/// h hidden, d the width of a head, q and k the widths of all query and of all key heads, s tokens, p pairs of query
/// and key that count:
///
///     matrices = h (q + 2k) + q h
///     biases   = q + 2k of queries, keys and values, h of the output
///     norms    = 2d of queries and keys;  sinks = a score of each query head
///     forward  = 2 s matrices + 4 q p
///
/// Relative positions by a matrix add h q + 2q parameters (arXiv:1901.02860, section 3.3: W_R, u and v), and 2 s h q +
/// 2 q p operations: keys from s distances, and another set of scores.
///
/// @param hidden width of the residual stream
/// @param heads query heads
/// @param keyValueHeads key and value heads
/// @param headDimension width of a head
/// @param queryKeyValueBiases whether the products that make queries, keys and values have biases
/// @param outputBias whether the product behind the heads has one
/// @param queryKeyNorm norm of each query and key head, or null
/// @param sinks whether each head has a learned score that no token gets
/// @param relative learned positions inside attention
/// @param mask which tokens are seen
public record GroupedQueryAttention(
        long hidden,
        int heads,
        int keyValueHeads,
        int headDimension,
        boolean queryKeyValueBiases,
        boolean outputBias,
        @Nullable Norm queryKeyNorm,
        boolean sinks,
        RelativePositions relative,
        AttentionMask mask)
        implements Attention {
    @Override
    public long parameters() {
        long sum = matrices() + positionMatrix();
        if (queryKeyValueBiases) {
            sum += queryWidth() + 2 * keyValueWidth();
        }
        if (outputBias) {
            sum += hidden;
        }
        if (queryKeyNorm != null) {
            sum += 2 * queryKeyNorm.parameters(headDimension);
        }
        if (sinks) {
            sum += heads;
        }
        return relative == RelativePositions.MATRIX ? sum + 2 * queryWidth() : sum;
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        double scoresAndSum = relative == RelativePositions.MATRIX ? 6 : 4;
        return 2.0 * sequenceLength * (matrices() + positionMatrix())
                + scoresAndSum * queryWidth() * mask.pairs(sequenceLength, count);
    }

    @Override
    public long keyValueElements() {
        return mask.causal() ? 2 * keyValueWidth() : 0;
    }

    private long matrices() {
        return hidden * (queryWidth() + 2 * keyValueWidth()) + queryWidth() * hidden;
    }

    private long positionMatrix() {
        return relative == RelativePositions.MATRIX ? hidden * queryWidth() : 0;
    }

    private long queryWidth() {
        return (long) heads * headDimension;
    }

    private long keyValueWidth() {
        return (long) keyValueHeads * headDimension;
    }
}
