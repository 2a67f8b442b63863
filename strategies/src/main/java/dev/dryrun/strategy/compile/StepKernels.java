// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.memory.TokenSpread;
import dev.dryrun.strategy.model.LayerStep;
import java.util.List;

/// What the steps of a layer's passes have in common: kernel times, sizes, and the exchange of tokens between the ranks
/// that deal out experts.
///
/// @param times of kernels
/// @param sizes of a micro-batch
/// @param stack of software
/// @param attention core of attention
/// @param expertTensorSlot in which ranks that share the matrices of an expert meet
record StepKernels(
        KernelTimes times, LayerDimensions sizes, Stack stack, AttentionCore attention, int expertTensorSlot) {
    /// A kernel that moves so many bytes for each element of the residual stream.
    Op.Kernel residual(String name, long width, double bytesPerElement, Category category) {
        return times.moves(name, sizes.residualElements(width), bytesPerElement, category);
    }

    /// A kernel that moves so many bytes for each element of a tensor inside a sublayer.
    Op.Kernel inside(String name, long width, double bytesPerElement, Category category) {
        return times.moves(name, (double) sizes.tokens() * width, bytesPerElement, category);
    }

    /// Whether a product's collective runs beside it in every direction.
    boolean overlapsAll() {
        return stack.tensorOverlap() == Stack.TensorOverlap.ALL;
    }

    /// Copies of tokens that the experts of this rank have together, if every expert gets as many.
    double copies(LayerStep.Copies copies) {
        return sizes.tokens() * new TokenSpread(sizes.residualRanks(), false).copies(copies);
    }

    /// Rows of each expert of this rank.
    long rows(LayerStep.Copies copies) {
        return Math.max(1, Math.round(copies(copies) / copies.expertsOfRank()));
    }

    /// Copies of this rank's own tokens.
    double ownCopies(LayerStep.Copies copies) {
        return (double) sizes.tokens() / sizes.residualRanks() * copies.active();
    }

    /// Copies of tokens go to the ranks of their experts, or come back from there.
    void exchange(List<Op> ops, String name, long hidden, LayerStep.Copies copies) {
        if (copies.expertRanks() > 1) {
            double bytes = ownCopies(copies) * hidden * times.elementBytes();
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
