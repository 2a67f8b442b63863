// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.job.BytesPerElement;
import dev.dryrun.strategy.job.Routing;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.memory.TokenSpread;
import dev.dryrun.strategy.model.Adapters;
import dev.dryrun.strategy.model.LayerStep;
import java.util.List;

/// What the steps of a layer's passes have in common: kernel times, sizes, and the exchange of tokens between the ranks
/// that deal out experts.
///
/// @param times of kernels
/// @param sizes of a micro-batch
/// @param stack of software
/// @param attention core of attention
/// @param adapters beside the matrices, which are frozen where there are any
/// @param expertTensorSlot in which ranks that share the matrices of an expert meet
/// @param expertNodes nodes on which the ranks stand that deal out experts
/// @param routing how evenly experts are loaded
record StepKernels(
        KernelTimes times,
        LayerDimensions sizes,
        Stack stack,
        AttentionCore attention,
        int expertTensorSlot,
        int expertNodes,
        Routing routing,
        Adapters adapters) {
    private static final int ROW_MULTIPLE = 8;
    private static final double STATE_BYTES = 4;
    private static final double SUM_OF_TWO_BYTES = 6;

    /// @param expertNodes nodes on which the ranks stand that deal out experts
    static StepKernels of(TrainingJob job, KernelTimes times, LayerDimensions sizes, int expertNodes) {
        return new StepKernels(
                times,
                sizes,
                job.stack(),
                new AttentionCore(times, sizes, job.strategy().contextExchange()),
                job.strategy().dealsOutExperts() ? Layout.EXPERT_TENSOR : Layout.TENSOR,
                expertNodes,
                job.training().routing(),
                job.model().adapters());
    }

    /// A kernel that moves so many bytes for each element of the residual stream.
    Op.Kernel residual(String name, long width, double bytesPerElement, Category category) {
        return times.moves(name, sizes.residualElements(width), bytesPerElement, category);
    }

    /// A kernel that moves so many bytes for each element of a tensor inside a sublayer.
    Op.Kernel inside(String name, long width, double bytesPerElement, Category category) {
        return times.moves(name, (double) sizes.tokens() * width, bytesPerElement, category);
    }

    /// A kernel along the sequence. Ranks that share the tokens of a sequence tell each other the states at the ends of
    /// their parts, in fp32, and each puts those before it together: the recurrences are linear in their state
    /// (Dao and Gu, 2024, arXiv:2405.21060, section 8.2). Backward the gradients of the states go the other way.
    void recur(List<Op> ops, LayerStep.Recur recur, boolean forward, Category category) {
        double tokens = recur.inside() ? sizes.tokens() : (double) sizes.tokens() / sizes.residualRanks();
        Op.Kernel kernel = times.recurrence(recur, tokens, forward, category);
        if (recur.state() == 0 || sizes.context() == 1) {
            ops.add(kernel);
            return;
        }
        double bytes = STATE_BYTES * sizes.sequences() * recur.state() * sizes.context();
        String what = forward ? "gather states" : "gather gradients of states";
        ops.add(kernel);
        ops.add(new Collective(what, CollectiveKind.ALL_GATHER, bytes, Layout.CONTEXT, Category.CONTEXT_COMM));
    }

    /// Whether the gradients of a step's weights are made.
    boolean trains(LayerStep step) {
        return !adapters.freeze() || step.isAdapter();
    }

    /// A frozen matrix in 4 bits is widened to 16 bits before each product.
    void addWidening(List<Op> ops, LayerStep.Multiply product, Category category) {
        if (adapters.fourBits() && !product.adapter()) {
            double bytes = (Adapters.FOUR_BIT_BYTES + times.elementBytes()) * product.outputs() * product.inputs();
            ops.add(times.movesBytes("widen " + product.name(), bytes, category));
        }
    }

    /// The sum of two results or of two gradients: both read, one written.
    Op.Kernel sumOfTwo(String name, long width, boolean inside, Category category) {
        return inside
                ? inside(name, width, SUM_OF_TWO_BYTES, category)
                : residual(name, width, SUM_OF_TWO_BYTES, category);
    }

    /// Whether a product's collective runs beside it in every direction.
    boolean overlapsAll() {
        return stack.tensorOverlap() == Stack.TensorOverlap.ALL;
    }

    /// Copies of tokens that the experts of the fullest rank have together.
    double copies(LayerStep.Copies copies) {
        return sizes.tokens() * new TokenSpread(sizes.residualRanks(), false, routing).copies(copies);
    }

    /// Rows of each expert of this rank: its copies, filled up to whole rows of the tensor cores' operands.
    long rows(LayerStep.Copies copies) {
        return ROW_MULTIPLE * Math.max(1, (long) Math.ceil(copies(copies) / copies.expertsOfRank() / ROW_MULTIPLE));
    }

    /// Whether the products around an activation of experts apply it.
    boolean fuses(LayerStep.Activate activate) {
        return stack.experts().fusesActivation() && activate.copies().experts() > 1;
    }

    /// What biases of experts take beside the products: behind the first the clamped gate, behind the second the sum.
    void addBias(List<Op> ops, LayerStep.MultiplyByExpert product, boolean forward, Category category) {
        if (product.biases() == 0) {
            return;
        }
        boolean first = product.split() == LayerStep.Split.COLUMNS;
        BytesPerElement traffic =
                first ? stack.experts().gate() : stack.experts().bias();
        double bytes = forward ? traffic.forward() : traffic.backward();
        if (bytes > 0) {
            double elements = copies(product.copies()) * product.outputs();
            ops.add(times.moves((first ? "gate" : "bias") + " of experts", elements, bytes, category));
        }
    }

    /// Copies of this rank's own tokens.
    double ownCopies(LayerStep.Copies copies) {
        return (double) sizes.tokens() / sizes.residualRanks() * copies.active();
    }

    /// Copies of tokens go to the ranks of their experts, or come back from there.
    void exchange(List<Op> ops, String name, long hidden, LayerStep.Copies copies) {
        if (copies.expertRanks() > 1) {
            int places = expertNodes > 1 ? expertNodes : copies.expertRanks();
            double share = stack.experts().sentShare(copies.active(), places);
            double load = routing.load(copies.experts(), copies.expertRanks());
            double bytes = load * share * ownCopies(copies) * hidden * times.elementBytes();
            ops.add(new Collective(name, CollectiveKind.ALL_TO_ALL, bytes, Layout.EXPERT, Category.EXPERT_COMM));
        }
    }

    /// The ranks that share the matrices of an expert gather each other's copies; with all tokens on each of them there
    /// is nothing to gather.
    void gatherCopies(List<Op> ops, String name, long hidden, LayerStep.Copies copies) {
        if (copies.tensorRanks() > 1 && sizes.residualRanks() > 1) {
            ops.add(new Collective(
                    name, CollectiveKind.ALL_GATHER, gathered(hidden, copies), expertTensorSlot, Category.EXPERT_COMM));
        }
    }

    /// They sum their parts of the experts' results.
    void sumCopies(List<Op> ops, String name, long hidden, LayerStep.Copies copies) {
        if (copies.tensorRanks() > 1) {
            CollectiveKind kind = sizes.residualRanks() > 1 ? CollectiveKind.REDUCE_SCATTER : CollectiveKind.ALL_REDUCE;
            ops.add(new Collective(name, kind, gathered(hidden, copies), expertTensorSlot, Category.EXPERT_COMM));
        }
    }

    private double gathered(long hidden, LayerStep.Copies copies) {
        return copies(copies) * hidden * times.elementBytes();
    }
}
