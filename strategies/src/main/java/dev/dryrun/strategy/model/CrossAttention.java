// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.Attend;
import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.Split;
import dev.dryrun.strategy.model.LayerStep.SplitHeads;
import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        return 2.0 * sequenceLength * (4 * hidden * width()) + coreFlops(sequenceLength, count);
    }

    @Override
    public double coreFlops(long sequenceLength, AttentionCount count) {
        return 4 * width() * AttentionMask.NONE.pairs(sequenceLength, count);
    }

    @Override
    public long keyValueElements() {
        return 2 * width();
    }

    /// Keys and values are made of the encoder's result, which is kept once for all layers.
    @Override
    public List<LayerStep> steps(LayerCut cut) {
        long headsOfRank = heads / cut.tensor();
        long queries = headsOfRank * headDimension;
        return List.of(
                new Multiply("queries", queries, hidden, Split.COLUMNS, true, biases ? queries : 0),
                new Multiply("keys and values", 2 * queries, hidden, Split.COLUMNS, false, biases ? 2 * queries : 0),
                new SplitHeads(3 * queries),
                new Attend(headsOfRank, headDimension, headDimension, headsOfRank, 3 * queries, AttentionMask.NONE),
                new Multiply("projection", hidden, queries, Split.ROWS, true, biases ? hidden : 0));
    }

    @Override
    public @Nullable String problemWith(LayerCut cut, String of) {
        return heads % cut.tensor() == 0
                ? null
                : "tensor must divide the %d heads of %s, not %d".formatted(heads, of, cut.tensor());
    }

    private long width() {
        return (long) heads * headDimension;
    }
}
