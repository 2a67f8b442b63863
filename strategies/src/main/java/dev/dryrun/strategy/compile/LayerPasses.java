// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.model.TransformerModel;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.ArrayList;
import java.util.List;

/// The forward and the backward pass of one transformer layer on one rank, as kernels and tensor-parallel collectives.
///
/// Norm, attention with its two projections, addition; norm, MLP, addition. Without sequence parallelism the results of
/// the row-parallel products (attention projection, second MLP product) are all-reduced forward, and the gradients of
/// the inputs of the column-parallel products backward (Shoeybi et al., 2019, arXiv:1909.08053, section 3). With it,
/// each of these becomes an all-gather before the block and a reduce-scatter after it, and the gathered inputs are
/// gathered once more for the weight gradients (Korthikanti et al., 2022, arXiv:2205.05198, section 4.2).
final class LayerPasses {
    private final KernelTimes times;
    private final TransformerModel model;
    private final LayerDimensions sizes;
    private final Stack stack;

    LayerPasses(KernelTimes times, TransformerModel model, LayerDimensions sizes, Stack stack) {
        this.times = times;
        this.model = model;
        this.sizes = sizes;
        this.stack = stack;
    }

    /// @param category COMPUTE, or RECOMPUTE where the pass runs again
    List<Op> forward(Category category) {
        List<Op> ops = new ArrayList<>();
        ops.add(times.moves(
                "norm", sizes.residualElements(), stack.traffic().norm().forward(), category));
        gatherInto(ops, "gather for qkv", times.linear("qkv", sizes.queryKeyValueWidth(), sizes.hidden(), category));
        times.castsForward(ops, category);
        splitHeads(ops, category);
        times.attentionForward(ops, category);
        reduceOutOf(ops, "attention output", times.linear("projection", sizes.hidden(), sizes.queryWidth(), category));
        ops.add(times.moves(
                "residual", sizes.residualElements(), stack.traffic().residual().forward(), category));
        ops.add(times.moves(
                "norm", sizes.residualElements(), stack.traffic().norm().forward(), category));
        gatherInto(ops, "gather for mlp", times.linear("mlp up", upWidth(), sizes.hidden(), category));
        ops.add(times.moves("activation", sizes.tokens() * (double) sizes.ffnWidth(), activationBytes(true), category));
        reduceOutOf(ops, "mlp output", times.linear("mlp down", sizes.hidden(), sizes.ffnWidth(), category));
        ops.add(times.moves(
                "residual", sizes.residualElements(), stack.traffic().residual().forward(), category));
        return ops;
    }

    /// The backward pass without what runs again before it.
    List<Op> backward() {
        List<Op> ops = new ArrayList<>();
        Category c = Category.COMPUTE;
        ops.add(times.moves(
                "residual backward",
                sizes.residualElements(),
                stack.traffic().residual().backward(),
                c));
        rowParallelBackward(ops, "mlp down", sizes.hidden(), sizes.ffnWidth());
        ops.add(times.moves(
                "activation backward", sizes.tokens() * (double) sizes.ffnWidth(), activationBytes(false), c));
        columnParallelBackward(ops, "mlp up", upWidth());
        ops.add(times.moves(
                "norm backward",
                sizes.residualElements(),
                stack.traffic().norm().backward(),
                c));
        ops.add(times.moves(
                "residual backward",
                sizes.residualElements(),
                stack.traffic().residual().backward(),
                c));
        rowParallelBackward(ops, "projection", sizes.hidden(), sizes.queryWidth());
        times.attentionBackward(ops);
        double qkv = sizes.tokens() * (double) sizes.queryKeyValueWidth();
        ops.add(times.moves("qkv backward", qkv, stack.traffic().queryKeyValue().backward(), c));
        if (model.rotary()) {
            ops.add(times.moves(
                    "rotary backward",
                    times.rotaryElements(),
                    stack.traffic().rotary().backward(),
                    c));
        }
        times.castsBackward(ops);
        columnParallelBackward(ops, "qkv", sizes.queryKeyValueWidth());
        ops.add(times.moves(
                "norm backward",
                sizes.residualElements(),
                stack.traffic().norm().backward(),
                c));
        return ops;
    }

    /// What runs again before the backward pass.
    List<Op> again(Recompute recompute) {
        List<Op> ops = new ArrayList<>();
        switch (recompute) {
            case NONE -> {}
            case SELECTIVE -> times.attentionForward(ops, Category.RECOMPUTE);
            case FULL -> ops.addAll(forward(Category.RECOMPUTE));
        }
        return ops;
    }

    private long upWidth() {
        return model.gatedMlp() ? 2 * sizes.ffnWidth() : sizes.ffnWidth();
    }

    private double activationBytes(boolean forward) {
        var bytes = model.gatedMlp()
                ? stack.traffic().gatedActivation()
                : stack.traffic().activation();
        return forward ? bytes.forward() : bytes.backward();
    }

    private void splitHeads(List<Op> ops, Category category) {
        double qkv = sizes.tokens() * (double) sizes.queryKeyValueWidth();
        ops.add(times.moves("qkv split", qkv, stack.traffic().queryKeyValue().forward(), category));
        if (model.rotary()) {
            ops.add(times.moves(
                    "rotary", times.rotaryElements(), stack.traffic().rotary().forward(), category));
        }
    }

    /// A column-parallel product forward, whose input is gathered where the sequence is split.
    private void gatherInto(List<Op> ops, String name, Op.Kernel product) {
        if (!sizes.sequenceParallel()) {
            ops.add(product);
            return;
        }
        times.addCollective(
                ops,
                product,
                new Collective(name, CollectiveKind.ALL_GATHER, times.activationTransferBytes(true)),
                stack.tensorOverlap() == Stack.TensorOverlap.ALL);
    }

    /// A row-parallel product forward, whose partial results are summed.
    private void reduceOutOf(List<Op> ops, String name, Op.Kernel product) {
        times.addCollective(
                ops,
                product,
                new Collective("sum of " + name, times.sumKind(), times.activationTransferBytes(false)),
                stack.tensorOverlap() == Stack.TensorOverlap.ALL && sizes.sequenceParallel());
    }

    /// Backward of a row-parallel product: its output gradient is gathered where the sequence is split.
    private void rowParallelBackward(List<Op> ops, String name, long outputs, long inputs) {
        Op.Kernel dataGradient = times.dataGradient(name, outputs, inputs);
        if (sizes.sequenceParallel()) {
            times.addCollective(
                    ops,
                    dataGradient,
                    new Collective(
                            "gather gradient of " + name,
                            CollectiveKind.ALL_GATHER,
                            times.activationTransferBytes(false)),
                    stack.tensorOverlap() == Stack.TensorOverlap.ALL);
        } else {
            ops.add(dataGradient);
        }
        times.addWeightGradient(ops, name, outputs, inputs);
    }

    /// Backward of a column-parallel product: the partial gradients of its input are summed while the weight gradient
    /// is computed, if the stack can; with the sequence split its input is gathered again beside the data gradient.
    private void columnParallelBackward(List<Op> ops, String name, long outputs) {
        boolean overlaps = stack.tensorOverlap() != Stack.TensorOverlap.NONE;
        Op.Kernel dataGradient = times.dataGradient(name, outputs, sizes.hidden());
        if (sizes.sequenceParallel()) {
            times.addCollective(
                    ops,
                    dataGradient,
                    new Collective(
                                    "gather input of " + name,
                                    CollectiveKind.ALL_GATHER,
                                    times.activationTransferBytes(true))
                            .forWeights(),
                    overlaps);
        } else {
            ops.add(dataGradient);
        }
        Collective sum =
                new Collective("sum gradient of " + name, times.sumKind(), times.activationTransferBytes(false));
        Op.Kernel weightGradient = times.weightGradient(name, outputs, sizes.hidden());
        if (overlaps) {
            times.addCollective(ops, weightGradient, sum, true);
        } else {
            times.addSumThen(ops, sum, weightGradient);
        }
        times.addGradientSum(ops, name, outputs, sizes.hidden());
    }
}
