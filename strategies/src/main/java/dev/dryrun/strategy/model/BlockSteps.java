// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.Split;
import java.util.ArrayList;
import java.util.List;

/// The steps of a block: those of its parts with norms ahead and additions to the residual stream behind.
///
/// @param group whose blocks they are
/// @param cut ranks that share a layer
record BlockSteps(BlockGroup group, LayerCut cut) {
    List<List<LayerStep>> all() {
        int parts = group.sublayers().size();
        List<List<LayerStep>> all = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            Sublayer of = group.sublayers().get(part);
            List<LayerStep> steps = of.steps(cut);
            boolean last = part == parts - 1;
            List<LayerStep> settled = switch (group.form()) {
                case SERIAL -> with(true, steps, true);
                case PARALLEL -> with(part == 0, summedLater(part == 0 ? steps : gatheredBefore(steps), !last), last);
                case PARALLEL_TWO_NORMS -> with(true, summedLater(steps, !last), last);
            };
            all.add(List.copyOf(new AdaptedSteps(group.adapters()).of(of, settled)));
        }
        return all;
    }

    private List<LayerStep> with(boolean norm, List<LayerStep> steps, boolean residual) {
        long hidden = group.hidden();
        List<LayerStep> all = new ArrayList<>();
        if (norm) {
            all.add(new LayerStep.Normalise(
                    "norm", hidden, hidden, false, group.norm().parameters(hidden)));
        }
        all.addAll(steps);
        if (residual) {
            all.add(new LayerStep.AddResidual(hidden));
        }
        return List.copyOf(all);
    }

    /// The sum over the ranks of what leaves a part, where a later part's takes it along.
    private static List<LayerStep> summedLater(List<LayerStep> steps, boolean later) {
        List<LayerStep> changed = new ArrayList<>(steps);
        if (later && steps.getLast() instanceof Multiply last && last.split() == Split.ROWS) {
            changed.set(steps.size() - 1, last.silent(last.keepsInput()));
        }
        return changed;
    }

    /// Products that take in the norm's result, which an earlier part has gathered and keeps.
    private List<LayerStep> gatheredBefore(List<LayerStep> steps) {
        return steps.stream()
                .map(step -> step instanceof Multiply product && isOfStream(product) ? product.silent(false) : step)
                .toList();
    }

    private boolean isOfStream(Multiply product) {
        return product.split() == Split.COLUMNS && product.inputs() == group.hidden();
    }
}
