// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.Normalise;
import dev.dryrun.strategy.model.LayerStep.Recur;
import dev.dryrun.strategy.model.LayerStep.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state space of Mamba-2, whose heads decay as a whole, so that pieces of the sequence are matrix products.
///
/// D channels, E inner ones in heads of P, N states, G groups of heads that share B and C, c the width of the
/// convolution:
///
///     matrices = D (2 E + 2 G N + E/P) + E D
///     vectors  = (c + 1) (E + 2 G N) of the convolution, 3 E/P of the heads, E of the norm
///
/// One product makes everything, so that a tensor group sums once in a block; a rank has its own groups, or all of one.
/// States pass from piece to piece in fp32. Source: Dao and Gu, 2024, arXiv:2405.21060, sections 6, 7 and 8.1.
///
/// @param hidden D
/// @param inner E
/// @param headDimension P
/// @param state N
/// @param groups G
/// @param convolution c
/// @param piece tokens that are put together as matrix products
public record Mamba2Mixer(
        long hidden, long inner, long headDimension, long state, long groups, long convolution, int piece)
        implements Recurrence {
    @Override
    public List<LayerStep> steps(LayerCut cut) {
        int t = cut.tensor();
        long width = inner / t;
        long heads = width / headDimension;
        long groupsOfRank = Math.ceilDiv(groups, t);
        long mixed = width + 2 * groupsOfRank * state;
        long all = width + mixed + heads;
        long states = state * width / piece;
        List<LayerStep> steps = new ArrayList<>();
        steps.add(new Multiply("in", all, hidden, Split.COLUMNS, true, 0));
        steps.add(new Recur(
                "convolution", mixed, mixed, all, 2.0 * convolution * mixed, 0, true, (convolution + 1) * mixed));
        steps.add(new Recur(
                "pass states",
                heads + 2 * states,
                heads + 2 * states,
                0,
                2.0 * states,
                state * width,
                true,
                3 * heads));
        Pieces.add(steps, piece, heads, groupsOfRank, state, headDimension);
        steps.add(new Normalise("gated norm", width, width, true, width));
        steps.add(new Multiply("out", hidden, width, Split.ROWS, false, 0));
        return steps;
    }

    @Override
    public @Nullable String problemWith(LayerCut cut, String of) {
        int t = cut.tensor();
        long heads = inner / headDimension;
        if (heads % t != 0) {
            return "tensor must divide the %d heads of the state of %s, not %d".formatted(heads, of, t);
        }
        return groups % t != 0 && t % groups != 0
                ? "tensor must divide the %d groups of %s or be a multiple of them, not %d".formatted(groups, of, t)
                : null;
    }
}
