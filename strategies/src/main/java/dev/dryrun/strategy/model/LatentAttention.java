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
        return 2.0 * sequenceLength * matrices() + coreFlops(sequenceLength, count);
    }

    @Override
    public double coreFlops(long sequenceLength, AttentionCount count) {
        double core = 2.0 * heads * (headDimension + rotaryDimension + valueDimension);
        return core * AttentionMask.CAUSAL.pairs(sequenceLength, count);
    }

    @Override
    public long keyValueElements() {
        return (long) keyValueRank + rotaryDimension;
    }

    /// As Megatron-Core runs it: the compressions are whole on every rank, which has its own tokens of them; what leads
    /// out of them is split by heads.
    @Override
    public List<LayerStep> steps(LayerCut cut) {
        long headsOfRank = heads / cut.tensor();
        long keyDimension = (long) headDimension + rotaryDimension;
        long queries = headsOfRank * keyDimension;
        long keysAndValues = headsOfRank * (headDimension + valueDimension);
        List<LayerStep> steps = new ArrayList<>();
        if (queryRank == 0) {
            steps.add(new Multiply("queries", queries, hidden, Split.COLUMNS, true, 0));
        } else {
            steps.add(new Multiply("queries down", queryRank, hidden, Split.NONE, true, 0));
            steps.add(new Normalise("norm of queries", queryRank, queryRank, false, queryRank));
            steps.add(new Multiply("queries up", queries, queryRank, Split.COLUMNS, true, 0));
        }
        steps.add(new Multiply("keys down", keyValueElements(), hidden, Split.NONE, false, 0));
        steps.add(new Normalise("norm of keys", keyValueRank, keyValueElements(), false, keyValueRank));
        steps.add(new Multiply("keys up", keysAndValues, keyValueRank, Split.COLUMNS, true, 0));
        steps.add(new SplitHeads(queries + keysAndValues));
        if (rotaryDimension > 0) {
            steps.add(new Rotate(queries + headsOfRank * keyDimension));
        }
        long kept = 2 * queries + keysAndValues;
        steps.add(new Attend(headsOfRank, keyDimension, valueDimension, headsOfRank, kept, AttentionMask.CAUSAL));
        steps.add(new Multiply("projection", hidden, headsOfRank * valueDimension, Split.ROWS, true, 0));
        return steps;
    }

    @Override
    public @Nullable String problemWith(LayerCut cut, String of) {
        return heads % cut.tensor() == 0
                ? null
                : "tensor must divide the %d heads of %s, not %d".formatted(heads, of, cut.tensor());
    }

    /// Elements of the matrices that make queries, keys and values of the short vectors; without compression queries
    /// come of the stream itself.
    long upProjection() {
        long queries = (long) heads * (headDimension + rotaryDimension) * (queryRank == 0 ? hidden : queryRank);
        return queries + (long) keyValueRank * heads * (headDimension + valueDimension);
    }

    private long matrices() {
        long queryWidth = (long) heads * (headDimension + rotaryDimension);
        long queries = queryRank == 0 ? hidden * queryWidth : (hidden + queryWidth) * queryRank;
        long keys = hidden * keyValueElements() + (long) keyValueRank * heads * (headDimension + valueDimension);
        return queries + keys + (long) heads * valueDimension * hidden;
    }
}
