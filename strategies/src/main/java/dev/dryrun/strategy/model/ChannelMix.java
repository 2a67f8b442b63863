// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.Activate;
import dev.dryrun.strategy.model.LayerStep.Copies;
import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.Recur;
import dev.dryrun.strategy.model.LayerStep.Split;
import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The MLP of an RWKV block: each token is mixed with the one before it, goes up, through a squared ReLU and down, and
/// until RWKV-6 a receptance weighs the result.
///
/// D channels, F the width: 2 D F + D^2 + 2 D parameters with a receptance, 2 D F + D without.
/// Sources: arXiv:2305.13048, eqs. 17 and 18; arXiv:2503.14456, section 4.
///
/// @param hidden D
/// @param ffnHidden F
/// @param receptance whether a receptance weighs the result; every rank has its matrix, for its own tokens
public record ChannelMix(long hidden, long ffnHidden, boolean receptance) implements FeedForward {
    @Override
    public long parameters() {
        return whole().stream().mapToLong(LayerStep::parameters).sum();
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        return 2.0 * sequenceLength * LayerStep.matrixElements(whole());
    }

    private List<LayerStep> whole() {
        return steps(LayerCut.NONE);
    }

    @Override
    public List<LayerStep> steps(LayerCut cut) {
        long width = ffnHidden / cut.tensor();
        int ways = receptance ? 2 : 1;
        List<LayerStep> steps = new ArrayList<>();
        steps.add(
                new Recur("token shift", hidden, ways * hidden, hidden, 3.0 * ways * hidden, 0, false, ways * hidden));
        if (receptance) {
            steps.add(new Multiply("receptance", hidden, hidden, Split.NONE, true, 0));
        }
        steps.add(new Multiply("key", width, hidden, Split.COLUMNS, true, 0));
        steps.add(new Activate(width, false, Copies.ONE));
        steps.add(new Multiply("value", hidden, width, Split.ROWS, true, 0));
        if (receptance) {
            steps.add(new Recur("weigh", 2 * hidden, hidden, 2 * hidden, 2.0 * hidden, 0, false, 0));
        }
        return steps;
    }

    @Override
    public @Nullable String problemWith(LayerCut cut, String of) {
        return ffnHidden % cut.tensor() == 0
                ? null
                : "tensor must divide the MLP width %d of %s, not %d".formatted(ffnHidden, of, cut.tensor());
    }
}
