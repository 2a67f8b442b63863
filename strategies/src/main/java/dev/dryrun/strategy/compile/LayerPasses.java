// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.strategy.model.LayerStep;
import dev.dryrun.strategy.model.RepeatedStep;
import dev.dryrun.strategy.recompute.LayerRecompute;
import java.util.ArrayList;
import java.util.List;

/// The forward and the backward pass of one layer on one rank, as kernels and collectives: the layer's steps in order,
/// and their gradients in reverse order.
final class LayerPasses {
    private final List<List<LayerStep>> sublayers;
    private final List<LayerStep> steps;
    private final ForwardSteps forward;
    private final BackwardSteps backward;
    private final AttentionCore attention;

    /// @param sublayers steps of each sublayer
    LayerPasses(StepKernels kernels, List<List<LayerStep>> sublayers) {
        this.sublayers = sublayers;
        steps = sublayers.stream().flatMap(List::stream).toList();
        attention = kernels.attention();
        forward = new ForwardSteps(kernels);
        backward = new BackwardSteps(kernels);
    }

    /// @param category COMPUTE, or RECOMPUTE where the pass runs again
    List<Op> forward(Category category) {
        List<Op> ops = new ArrayList<>();
        for (LayerStep step : steps) {
            forward.add(ops, step, category);
        }
        return ops;
    }

    /// The backward pass without what runs again before it.
    List<Op> backward() {
        List<Op> ops = new ArrayList<>();
        for (LayerStep step : steps.reversed()) {
            backward.add(ops, step);
        }
        return ops;
    }

    /// What runs again before the backward pass.
    List<Op> again(LayerRecompute recompute) {
        return switch (recompute.kind()) {
            case NONE -> List.of();
            case SELECTIVE -> modules(recompute);
            case FULL -> forward(Category.RECOMPUTE);
        };
    }

    private List<Op> modules(LayerRecompute recompute) {
        List<Op> ops = new ArrayList<>();
        for (List<LayerStep> sublayer : sublayers) {
            for (RepeatedStep repeated : RepeatedStep.of(sublayer, recompute.modules())) {
                if (repeated.again() && repeated.step() instanceof LayerStep.Attend core) {
                    attention.forward(ops, core, Category.RECOMPUTE);
                } else if (repeated.again()) {
                    forward.add(ops, repeated.step(), Category.RECOMPUTE);
                }
            }
        }
        return ops;
    }
}
