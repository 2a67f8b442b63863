// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.Normalise;
import dev.dryrun.strategy.model.LayerStep.Recur;
import dev.dryrun.strategy.model.LayerStep.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The selective state space of Mamba: a wide product makes inputs and gates, a short convolution mixes neighbours,
/// step, input and output of the state are made of the result, and one kernel scans the sequence.
///
/// D channels, E = e D inner ones, N states of each, R the rank of the step, c the width of the convolution:
///
///     matrices = 2 D E + E (R + 2 N) + R E + E D
///     vectors  = (c + 1) E of the convolution, E of the step, (N + 1) E of the state
///     scan     = 9 N E + 2 E operations of a token
///
/// The scan keeps its states on the chip and makes them once more in the backward pass, as it does with the
/// convolution and the step; input, gate, low-rank step with B and C, and its result stay. A tensor group sums
/// `R + 2 N` values of a token in the middle of the block, and gathers them again with sequence parallelism (counted
/// without the 2 N). Source: Gu and Dao, 2023, arXiv:2312.00752, sections 3.3.2, 3.4 and appendix D; what stays as in
/// its code, state-spaces/mamba, `MambaInnerFn`.
///
/// @param hidden D
/// @param inner E
/// @param state N
/// @param stepRank R
/// @param convolution c
/// @param norms whether step, B and C are normalised (Lieber et al., 2024, arXiv:2403.19887, section 6.3)
public record MambaMixer(long hidden, long inner, long state, long stepRank, long convolution, boolean norms)
        implements Recurrence {
    /// Operations of the scan for each state of a channel. Source: state-spaces/mamba, `flops_selective_scan_ref`.
    private static final double FLOPS_PER_STATE = 9;

    @Override
    public List<LayerStep> steps(LayerCut cut) {
        long width = inner / cut.tensor();
        long selected = stepRank + 2 * state;
        List<LayerStep> steps = new ArrayList<>();
        steps.add(new Multiply("in", 2 * width, hidden, Split.COLUMNS, true, 0));
        steps.add(new Recur(
                "convolution", width, width, 2 * width, 2.0 * convolution * width, 0, true, (convolution + 1) * width));
        steps.add(new Multiply("select", selected, width, Split.ROWS, false, 0));
        if (norms) {
            steps.add(new Normalise("norm of selection", selected, selected, false, selected));
        }
        steps.add(new Multiply("step", width, stepRank, Split.COLUMNS, true, width));
        steps.add(new Recur(
                "selective scan",
                3 * width + 2 * state,
                width,
                width + 2 * state,
                (FLOPS_PER_STATE * state + 2) * width,
                state * width,
                true,
                (state + 1) * width));
        steps.add(new Multiply("out", hidden, width, Split.ROWS, false, 0));
        return steps;
    }

    @Override
    public @Nullable String problemWith(LayerCut cut, String of) {
        return inner % cut.tensor() == 0
                ? null
                : "tensor must divide the inner width %d of %s, not %d".formatted(inner, of, cut.tensor());
    }
}
