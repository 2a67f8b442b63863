// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;

/// The matrix that makes logits, behind a matrix to the embedding's width where that differs.
///
/// @param hidden width of the residual stream
/// @param width of a word's entry
/// @param vocabulary entries before padding
/// @param tied whether the matrix is the embedding's
public record LogitHead(long hidden, long width, long vocabulary, boolean tied) implements Head {
    @Override
    public long parameters() {
        return projection() + (tied ? 0 : vocabulary * width);
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        return 2.0 * sequenceLength * vocabulary * width + 2.0 * sequenceLength * projection();
    }

    private long projection() {
        return width == hidden ? 0 : hidden * width;
    }
}
