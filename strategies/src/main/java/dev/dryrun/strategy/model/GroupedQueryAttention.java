// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.Attend;
import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.Normalise;
import dev.dryrun.strategy.model.LayerStep.Rotate;
import dev.dryrun.strategy.model.LayerStep.Split;
import dev.dryrun.strategy.model.LayerStep.SplitHeads;
import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.ArrayList;
import java.util.List;
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
/// @param rotary whether queries and keys are rotated
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
        boolean rotary,
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
        return 2.0 * sequenceLength * (matrices() + positionMatrix()) + coreFlops(sequenceLength, count);
    }

    @Override
    public double coreFlops(long sequenceLength, AttentionCount count) {
        double scoresAndSum = relative == RelativePositions.MATRIX ? 6 : 4;
        return scoresAndSum * queryWidth() * mask.pairs(sequenceLength, count);
    }

    @Override
    public long keyValueElements() {
        return mask.causal() ? 2 * keyValueWidth() : 0;
    }

    @Override
    public List<LayerStep> steps(LayerCut cut) {
        int t = cut.tensor();
        long headsOfRank = heads / t;
        long keyValueHeadsOfRank = Math.ceilDiv(keyValueHeads, t);
        long queries = headsOfRank * headDimension;
        long keys = keyValueHeadsOfRank * headDimension;
        long joint = queries + 2 * keys;
        List<LayerStep> steps = new ArrayList<>();
        steps.add(new Multiply("qkv", joint, hidden, Split.COLUMNS, true, queryKeyValueBiases ? joint : 0));
        steps.add(new SplitHeads(joint));
        if (queryKeyNorm != null) {
            steps.add(new Normalise(
                    "norm of heads", queries + keys, queries + keys, true, 2 * queryKeyNorm.parameters(headDimension)));
        }
        if (rotary) {
            steps.add(new Rotate(queries + keys));
        }
        steps.add(new Attend(headsOfRank, headDimension, headDimension, keyValueHeadsOfRank, joint, mask));
        steps.add(new Multiply("projection", hidden, queries, Split.ROWS, true, outputBias ? hidden : 0));
        return steps;
    }

    @Override
    public @Nullable String problemWith(LayerCut cut, String of) {
        int t = cut.tensor();
        if (heads % t != 0) {
            return "tensor must divide the %d heads of %s, not %d".formatted(heads, of, t);
        }
        return keyValueHeads % t != 0 && t % keyValueHeads != 0
                ? "tensor must divide the %d key and value heads of %s or be a multiple of them, not %d"
                        .formatted(keyValueHeads, of, t)
                : null;
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
