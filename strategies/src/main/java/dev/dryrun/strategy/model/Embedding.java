// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import org.jspecify.annotations.Nullable;

/// Tables of words, positions and token types, a norm over their sum, and a matrix where words are narrower than the
/// blocks.
///
/// @param vocabulary entries before padding
/// @param width of a word's entry
/// @param hidden width of the residual stream
/// @param positions learned positions; 0 where there are none
/// @param tokenTypes learned kinds of token, such as BERT's two sentences
/// @param norm behind the sum, or null
public record Embedding(
        long vocabulary,
        long width,
        long hidden,
        long positions,
        long tokenTypes,
        @Nullable Norm norm) implements ModelPart {
    @Override
    public long parameters() {
        return vocabulary * width
                + projection()
                + (positions + tokenTypes) * hidden
                + (norm == null ? 0 : norm.parameters(hidden));
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        return 2.0 * sequenceLength * projection();
    }

    private long projection() {
        return width == hidden ? 0 : width * hidden;
    }
}
