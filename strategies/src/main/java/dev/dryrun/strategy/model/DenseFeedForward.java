// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.Activate;
import dev.dryrun.strategy.model.LayerStep.Copies;
import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.Split;
import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    @Override
    public List<LayerStep> steps(LayerCut cut) {
        long width = ffnHidden / cut.tensor();
        long input = gated ? 2 * width : width;
        return List.of(
                new Multiply("mlp up", input, hidden, Split.COLUMNS, true, biases ? input : 0),
                new Activate(width, gated, Copies.ONE),
                new Multiply("mlp down", hidden, width, Split.ROWS, true, biases ? hidden : 0));
    }

    @Override
    public @Nullable String problemWith(LayerCut cut, String of) {
        return ffnHidden % cut.tensor() == 0
                ? null
                : "tensor must divide the MLP width %d of %s, not %d".formatted(ffnHidden, of, cut.tensor());
    }

    private long matrices() {
        return hidden * inputWidth() + ffnHidden * hidden;
    }

    private long inputWidth() {
        return gated ? 2 * ffnHidden : ffnHidden;
    }
}
