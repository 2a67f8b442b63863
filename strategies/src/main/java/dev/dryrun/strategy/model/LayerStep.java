// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import java.util.List;

/// A step of a layer's forward pass on one rank of those that share the layer; the backward pass goes through the same
/// steps in reverse. What kernels, collectives and memory a step takes is said by those who run it.
///
/// A tensor lies on the ranks in one of two ways. On the residual stream it has its full width, and with sequence
/// parallelism the ranks of a tensor group have its tokens by turns; inside a sublayer every rank has all tokens and a
/// share of the width. A product that is split leads from one to the other. Widths are those of this rank.
public sealed interface LayerStep {
    /// Trained parameters of this rank.
    default long parameters() {
        return 0;
    }

    /// Whether it has parameters that are trained where the rest of the model is frozen.
    default boolean isAdapter() {
        return this instanceof Multiply product && product.adapter();
    }

    /// Elements of the matrices among these steps that every token passes, without those of adapters.
    static long matrixElements(List<LayerStep> steps) {
        long sum = 0;
        for (LayerStep step : steps) {
            if (step instanceof Multiply product && !product.adapter()) {
                sum += product.outputs() * product.inputs();
            }
        }
        return sum;
    }

    /// A norm on the residual stream, or of the heads inside a sublayer.
    ///
    /// @param width that is read
    /// @param keptWidth of the tensor that stays for the backward pass: wider where the input is a part of another
    /// @param inside whether it is of the heads, of which each rank has a share
    record Normalise(String name, long width, long keptWidth, boolean inside, long parameters) implements LayerStep {
        @Override
        public long parameters() {
            return parameters;
        }
    }

    /// A matrix product: tokens x inputs times inputs x outputs.
    ///
    /// @param keepsInput whether its input stays for the gradient of its weights; false where an earlier step of the
    ///     layer, or another layer, keeps the same tensor
    /// @param biases trained shifts of its outputs
    /// @param communicates whether the ranks of a group gather its input, or sum its result, for it; false where that
    ///     is done with another product's
    /// @param adapter whether it is trained where the rest of the model is frozen
    record Multiply(
            String name,
            long outputs,
            long inputs,
            Split split,
            boolean keepsInput,
            long biases,
            boolean communicates,
            boolean adapter)
            implements LayerStep {
        public Multiply(String name, long outputs, long inputs, Split split, boolean keepsInput, long biases) {
            this(name, outputs, inputs, split, keepsInput, biases, true, false);
        }

        /// A half of an adapter.
        static Multiply ofAdapter(String name, long outputs, long inputs, Split split) {
            return new Multiply(name, outputs, inputs, split, false, 0, true, true);
        }

        /// The same without a collective of its own.
        Multiply silent(boolean keeps) {
            return new Multiply(name, outputs, inputs, split, keeps, biases, false, adapter);
        }

        /// The same with its input kept or not.
        Multiply keeping(boolean keeps) {
            return new Multiply(name, outputs, inputs, split, keeps, biases, communicates, adapter);
        }

        @Override
        public long parameters() {
            return outputs * inputs + biases;
        }
    }

    /// How a matrix is shared by a tensor group.
    enum Split {
        /// By its outputs: from the residual stream into a sublayer.
        COLUMNS,
        /// By its inputs: out of a sublayer, which sums over the ranks.
        ROWS,
        /// Every rank has the whole matrix and works on its own tokens of the residual stream.
        NONE
    }

    /// Biases of queries, keys and values, and their parting.
    ///
    /// @param width of all three together
    record SplitHeads(long width) implements LayerStep {}

    /// Rotation of queries and keys by their positions.
    ///
    /// @param width that is rotated
    record Rotate(long width) implements LayerStep {}

    /// The attention core.
    ///
    /// @param heads query heads
    /// @param keyDimension width of a query's and a key's head
    /// @param valueDimension width of a value's head
    /// @param keyValueHeads heads of keys and values
    /// @param keptWidth of queries, keys and values as they stay for the backward pass
    record Attend(
            long heads, long keyDimension, long valueDimension, long keyValueHeads, long keptWidth, AttentionMask mask)
            implements LayerStep {
        /// Width of the result.
        public long outputWidth() {
            return heads * valueDimension;
        }
    }

    /// The result of an adapter is added to that of its product, and backward the gradients of the input of both.
    ///
    /// @param outputsInside whether the results lie inside a sublayer; else on the residual stream
    /// @param inputsInside the same of the input
    record AddAdapter(long outputs, boolean outputsInside, long inputs, boolean inputsInside) implements LayerStep {}

    /// An activation function; gated, its input is twice as wide as its result.
    ///
    /// @param width of the result, for each token or copy of a token
    /// @param copies of each token, of which each goes to an expert; 1 in a dense MLP
    record Activate(long width, boolean gated, Copies copies) implements LayerStep {
        /// Width of the input.
        public long inputWidth() {
            return gated ? 2 * width : width;
        }
    }

    /// Bias, dropout and addition to the residual stream.
    record AddResidual(long width) implements LayerStep {}

    /// One kernel along the sequence, linear in its length, that is no matrix product: a recurrence whose state is
    /// updated token by token, a short convolution, a shift of tokens. Bound by memory or by the vector units.
    ///
    /// @param reads elements of a token that it reads: all its inputs together
    /// @param writes elements of a token that it writes
    /// @param kept elements of a token that stay for the backward pass and that no other step keeps
    /// @param flops operations of a token, forward
    /// @param state elements of the state that it carries from token to token; 0 where it has none
    /// @param inside whether it is of a share of the width, of which each rank has one; else of the residual stream
    record Recur(
            String name, long reads, long writes, long kept, double flops, long state, boolean inside, long parameters)
            implements LayerStep {
        @Override
        public long parameters() {
            return parameters;
        }
    }

    /// Matrix products within pieces of a sequence: for each piece so many of rows x inner times inner x columns. No
    /// weights; their operands are kept by other steps.
    ///
    /// @param piece tokens of a piece
    /// @param count products of a piece
    record MultiplyInPieces(String name, long piece, long count, long rows, long columns, long inner)
            implements LayerStep {}

    /// A router's scores, the choice of experts and the counting of tokens for each.
    ///
    /// @param hidden width of the residual stream
    record Route(long hidden, Copies copies, long biases) implements LayerStep {
        @Override
        public long parameters() {
            return hidden * copies.experts() + biases;
        }
    }

    /// Copies of the tokens are sorted by expert and sent to the ranks of their experts.
    ///
    /// @param hidden width of a token
    record Dispatch(long hidden, Copies copies) implements LayerStep {}

    /// Products of the experts of this rank, each with the copies it was sent.
    record MultiplyByExpert(String name, long outputs, long inputs, Copies copies, Split split, long biases)
            implements LayerStep {
        @Override
        public long parameters() {
            return copies.expertsOfRank() * (outputs * inputs + biases);
        }
    }

    /// Results go back to the ranks of their tokens, are weighted and summed.
    ///
    /// @param hidden width of a token
    record Combine(long hidden, Copies copies) implements LayerStep {}

    /// Which experts get copies of a token.
    ///
    /// @param active experts that each token goes to
    /// @param experts of the layer
    /// @param expertRanks ranks that deal them out
    /// @param tensorRanks ranks that share the matrices of an expert; each has all copies for it
    record Copies(int active, int experts, int expertRanks, int tensorRanks) {
        /// Every token once, in a dense MLP.
        public static final Copies ONE = new Copies(1, 1, 1, 1);

        public int expertsOfRank() {
            return Math.ceilDiv(experts, expertRanks);
        }
    }
}
