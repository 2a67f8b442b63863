// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.job.ContextExchange;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.model.LayerStep;
import java.util.ArrayList;
import java.util.List;

/// The attention core of a layer with what ranks that share a sequence tell each other for it; see [ContextExchange].
///
/// For n tokens of this rank, c ranks, K and V the widths of its keys and values, Q of its queries, 16-bit elements, a
/// rank sends
///
///     ring          2 n (K + V) (c - 1) forward beside attention; twice as much backward, gradients along
///     all-gather    the same before attention, and twice behind it backward (gather again, reduce)
///     all-to-all    2 n (Q + K + V) (c - 1) / c before and 2 n V' (c - 1) / c behind, V' the result's width; the same
///                   backward
final class AttentionCore {
    private final KernelTimes times;
    private final LayerDimensions sizes;
    private final ContextExchange exchange;
    private final DilatedCore dilated;

    AttentionCore(KernelTimes times, LayerDimensions sizes, ContextExchange exchange) {
        this.times = times;
        this.sizes = sizes;
        this.exchange = exchange;
        dilated = new DilatedCore(times, sizes);
    }

    void forward(List<Op> ops, LayerStep.Attend core, Category category) {
        if (!core.mask().dilations().isEmpty()) {
            dilated.forward(ops, core, category);
            return;
        }
        if (sizes.context() == 1) {
            times.attentionForward(ops, whole(core), category);
            return;
        }
        switch (exchange) {
            case RING -> {
                List<Op> kernels = new ArrayList<>();
                times.attentionForward(kernels, shared(core, sizes.context()), category);
                addBeside(ops, kernels, keysAndValues("pass keys and values", core, CollectiveKind.ALL_GATHER, 1));
            }
            case ALL_GATHER -> {
                ops.add(keysAndValues("gather keys and values", core, CollectiveKind.ALL_GATHER, 1));
                times.attentionForward(ops, shared(core, 1), category);
            }
            case ALL_TO_ALL -> {
                ops.add(swap("swap tokens for heads", inputs(core)));
                times.attentionForward(ops, byHeads(core), category);
                ops.add(swap("swap heads for tokens", core.outputWidth()));
            }
        }
    }

    void backward(List<Op> ops, LayerStep.Attend core) {
        if (!core.mask().dilations().isEmpty()) {
            dilated.backward(ops, core);
            return;
        }
        if (sizes.context() == 1) {
            times.attentionBackward(ops, whole(core));
            return;
        }
        switch (exchange) {
            case RING -> {
                List<Op> kernels = new ArrayList<>();
                times.attentionBackward(kernels, shared(core, sizes.context()));
                addBeside(
                        ops,
                        kernels,
                        keysAndValues("pass keys, values and gradients", core, CollectiveKind.ALL_GATHER, 2));
            }
            case ALL_GATHER -> {
                ops.add(keysAndValues("gather keys and values", core, CollectiveKind.ALL_GATHER, 1));
                times.attentionBackward(ops, shared(core, 1));
                ops.add(keysAndValues("sum gradients of keys and values", core, CollectiveKind.REDUCE_SCATTER, 1));
            }
            case ALL_TO_ALL -> {
                ops.add(swap("swap gradient's tokens for heads", core.outputWidth()));
                times.attentionBackward(ops, byHeads(core));
                ops.add(swap("swap gradients' heads for tokens", inputs(core)));
            }
        }
    }

    /// Seconds of the kernels of a pass and its gradients that take longer with more pairs.
    double secondsOfPairs(LayerStep.Attend core, boolean again) {
        List<Op> ops = new ArrayList<>();
        forward(ops, core, Category.COMPUTE);
        double once = seconds(ops);
        ops.clear();
        backward(ops, core);
        return (again ? 2 : 1) * once + seconds(ops);
    }

    private static double seconds(List<Op> ops) {
        double sum = 0;
        for (Op op : ops) {
            sum += switch (op) {
                case Op.Kernel kernel -> kernel.seconds();
                case Op.Beside(Op.Kernel kernel, Collective ignored) -> kernel.seconds();
                case Op.Collective ignored -> 0;
                case Op.Memory ignored -> 0;
            };
        }
        return sum;
    }

    /// The collective runs beside the first kernel.
    private static void addBeside(List<Op> ops, List<Op> kernels, Collective collective) {
        for (Op op : kernels) {
            boolean first = op.equals(kernels.getFirst());
            ops.add(first && op instanceof Op.Kernel kernel ? new Op.Beside(kernel, collective) : op);
        }
    }

    private AttentionShape whole(LayerStep.Attend core) {
        return new AttentionShape(
                core, sizes.sequences(), sizes.length(), sizes.length(), core.heads(), 1, sizes.pairShare());
    }

    /// This rank's queries against all keys.
    private AttentionShape shared(LayerStep.Attend core, int pieces) {
        long queries = sizes.length() / sizes.context();
        return new AttentionShape(
                core, sizes.sequences(), queries, sizes.length(), core.heads(), pieces, sizes.pairShare());
    }

    /// All queries of some heads.
    private AttentionShape byHeads(LayerStep.Attend core) {
        long heads = Math.max(1, core.heads() / sizes.context());
        return new AttentionShape(core, sizes.sequences(), sizes.length(), sizes.length(), heads, 1, sizes.pairShare());
    }

    private Collective keysAndValues(String name, LayerStep.Attend core, CollectiveKind kind, int copies) {
        double tokens = (double) sizes.tokens() * sizes.context();
        double bytes = copies * tokens * keyValueWidth(core) * times.elementBytes();
        return new Collective(name, kind, bytes, Layout.CONTEXT, Category.CONTEXT_COMM);
    }

    private Collective swap(String name, long width) {
        double bytes = (double) sizes.tokens() * width * times.elementBytes();
        return new Collective(name, CollectiveKind.ALL_TO_ALL, bytes, Layout.CONTEXT, Category.CONTEXT_COMM);
    }

    private static long keyValueWidth(LayerStep.Attend core) {
        return core.keyValueHeads() * (core.keyDimension() + core.valueDimension());
    }

    private static long inputs(LayerStep.Attend core) {
        return core.heads() * core.keyDimension() + keyValueWidth(core);
    }
}
