// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.compile.Op.Kernel;
import dev.dryrun.strategy.job.Scaling;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.model.LayerStep;
import java.util.List;

/// Times the kernels of a micro-batch on one rank, as a software stack runs them.
final class KernelTimes {
    /// Scores and probabilities in fp32, each written and read.
    private static final double ROUTE_BYTES_PER_SCORE = 16;

    private final KernelModel kernels;
    private final LayerDimensions sizes;
    private final Stack stack;
    private final Precision precision;
    private final Scaling scaling;
    private final int gradientShards;
    private final double peak16;

    /// @param scaling of operands in fewer than 16 bits
    /// @param gradientShards ranks that share out the accumulated gradients
    /// @param peak16 dense peak of 16-bit products, in FLOP/s
    KernelTimes(
            KernelModel kernels,
            LayerDimensions sizes,
            Stack stack,
            Precision precision,
            Scaling scaling,
            int gradientShards,
            double peak16) {
        this.kernels = kernels;
        this.sizes = sizes;
        this.stack = stack;
        this.precision = precision;
        this.scaling = scaling;
        this.gradientShards = gradientShards;
        this.peak16 = peak16;
    }

    /// A kernel that moves so many bytes for each element and computes little.
    Kernel moves(String name, double elements, double bytesPerElement, Category category) {
        double bytes = elements * bytesPerElement * elementBytes() / 2;
        return movesBytes(name, bytes, category);
    }

    /// A kernel that moves so many bytes altogether.
    Kernel movesBytes(String name, double bytes, Category category) {
        double seconds = bytes == 0 ? 0 : kernels.bytesSeconds(bytes) + stack.byteBoundSeconds();
        return new Kernel(name, seconds, category);
    }

    /// A matrix product forward: rows x inputs times inputs x outputs.
    Kernel linear(String name, long rows, long outputs, long inputs, Category category) {
        return new Kernel(name, kernels.gemmSeconds(Gemm.of(rows, outputs, inputs, precision)), category);
    }

    /// The gradient of such a product's input: rows x outputs times outputs x inputs.
    Kernel dataGradient(String name, long rows, long outputs, long inputs) {
        return dataGradient(name, rows, outputs, inputs, precision);
    }

    private Kernel dataGradient(String name, long rows, long outputs, long inputs, Precision in) {
        double seconds = kernels.gemmSeconds(Gemm.of(rows, inputs, outputs, in));
        return new Kernel(name + " data gradient", seconds, Category.COMPUTE);
    }

    /// The product of the last hidden states with the vocabulary, in 16 bits at least.
    Kernel logits() {
        Gemm product = Gemm.of(sizes.tokens(), sizes.vocabularyWidth(), sizes.hidden(), attentionPrecision());
        return new Kernel("logits", kernels.gemmSeconds(product), Category.COMPUTE);
    }

    Kernel logitsDataGradient() {
        return dataGradient("logits", sizes.tokens(), sizes.vocabularyWidth(), sizes.hidden(), attentionPrecision());
    }

    Kernel logitsWeightGradient() {
        return weightGradient("logits", sizes.tokens(), sizes.vocabularyWidth(), sizes.hidden(), attentionPrecision());
    }

    /// The gradient of a product's weights: outputs x rows times rows x inputs, added to the sum so far where
    /// the stack has fused that. A sum that is shared out is elsewhere.
    Kernel weightGradient(String name, long rows, long outputs, long inputs) {
        return weightGradient(name, rows, outputs, inputs, precision);
    }

    private Kernel weightGradient(String name, long rows, long outputs, long inputs, Precision in) {
        Gemm product = new Gemm(outputs, inputs, rows, 1, in, gradientOutput());
        return new Kernel(name + " weight gradient", kernels.gemmSeconds(product), Category.COMPUTE).forWeights();
    }

    private Output gradientOutput() {
        return !stack.gradients().fused() || gradientShards > 1
                ? Output.STORE
                : stack.gradients().format().bytes(precision) == 4 ? Output.ACCUMULATE_FP32 : Output.ACCUMULATE_16;
    }

    /// Products of so many experts, each with as many rows: one kernel where the stack groups them, else one after the
    /// other.
    ///
    /// @param of the product of one expert
    private Kernel byExpert(String name, int experts, Gemm of, Category category) {
        double seconds =
                stack.experts().grouped() ? kernels.groupedSeconds(of, experts) : experts * kernels.gemmSeconds(of);
        return new Kernel(name, seconds, category);
    }

    Kernel expertLinear(String name, int experts, long rows, long outputs, long inputs, Category category) {
        return byExpert(name, experts, Gemm.of(rows, outputs, inputs, precision), category);
    }

    Kernel expertDataGradient(String name, int experts, long rows, long outputs, long inputs) {
        return byExpert(name + " data gradient", experts, Gemm.of(rows, inputs, outputs, precision), Category.COMPUTE);
    }

    Kernel expertWeightGradient(String name, int experts, long rows, long outputs, long inputs) {
        Gemm of = new Gemm(outputs, inputs, rows, 1, precision, gradientOutput());
        return byExpert(name + " weight gradient", experts, of, Category.COMPUTE)
                .forWeights();
    }

    /// The separate addition of a weight gradient to the sum so far, where the stack has not fused it.
    void addGradientSum(List<Op> ops, String name, long outputs, long inputs) {
        double bytes = stack.gradientAdditionBytes(precision) * outputs * inputs / gradientShards;
        if (bytes > 0) {
            ops.add(movesBytes(name + " gradient sum", bytes, Category.COMPUTE).forWeights());
        }
    }

    /// The choice of experts for each token: scores are normalised, the best are picked, tokens are counted and sorted.
    /// Many small kernels, whose issue the stack's host time stands for.
    ///
    /// @param scores over all tokens
    Kernel route(double scores, Category category) {
        double seconds = kernels.bytesSeconds(scores * ROUTE_BYTES_PER_SCORE);
        return new Kernel("route", seconds, category).issuedIn(stack.experts().hostSeconds());
    }

    /// A kernel along the sequence: it reads its inputs and writes its result, and backward both again with their
    /// gradients. Backward is two forwards, and three where it carries a state, which it then makes once more
    /// (arXiv:2312.00752, section 3.3.2).
    ///
    /// @param tokens that this rank handles
    Kernel recurrence(LayerStep.Recur recur, double tokens, boolean forward, Category category) {
        double bytes = tokens * ((double) recur.reads() + recur.writes()) * elementBytes();
        double flops = tokens * recur.flops();
        return forward
                ? new Kernel(recur.name(), kernels.vectorSeconds(bytes, flops), category)
                : new Kernel(
                        recur.name() + " backward",
                        kernels.vectorSeconds(2 * bytes, (recur.state() > 0 ? 3 : 2) * flops),
                        category);
    }

    /// Products of all pieces as one batch.
    void addPiecesForward(List<Op> ops, LayerStep.MultiplyInPieces of, Category category) {
        ops.add(pieces(of.name(), of, of.rows(), of.columns(), of.inner(), category));
    }

    /// The gradients of both operands.
    void addPiecesBackward(List<Op> ops, LayerStep.MultiplyInPieces of) {
        Category c = Category.COMPUTE;
        ops.add(pieces(of.name() + " left gradient", of, of.rows(), of.inner(), of.columns(), c));
        ops.add(pieces(of.name() + " right gradient", of, of.inner(), of.columns(), of.rows(), c));
    }

    private Kernel pieces(
            String name, LayerStep.MultiplyInPieces of, long rows, long columns, long inner, Category category) {
        long batch = Math.max(1, Math.ceilDiv(sizes.tokens(), of.piece())) * of.count();
        Gemm product = new Gemm(rows, columns, inner, batch, attentionPrecision(), Output.STORE);
        return new Kernel(name, kernels.gemmSeconds(product), category);
    }

    /// The attention core forward: scores, softmax and weighted sum, or one fused kernel.
    void attentionForward(List<Op> ops, AttentionShape shape, Category category) {
        if (stack.attention() == Stack.Attention.FLASH) {
            double rate = stack.flashForwardOfPeak() * peak16;
            ops.add(new Kernel("attention", flashSeconds(shape, Pass.FORWARD, rate), category));
            return;
        }
        ops.add(new Kernel("scores", kernels.gemmSeconds(scores(shape)), category));
        ops.add(moves("softmax", shape.scoreElements(), stack.traffic().scores().forward(), category));
        ops.add(new Kernel("weighted sum", kernels.gemmSeconds(weightedSum(shape)), category));
        ops.add(moves(
                "context", shape.resultElements(), stack.traffic().context().forward(), category));
    }

    /// The attention core backward: two products for each one forward.
    void attentionBackward(List<Op> ops, AttentionShape shape) {
        Category c = Category.COMPUTE;
        if (stack.attention() == Stack.Attention.FLASH) {
            double rate = stack.flashBackwardOfPeak() * peak16;
            ops.add(new Kernel("attention backward", flashSeconds(shape, Pass.BACKWARD, rate), c));
            return;
        }
        ops.add(moves(
                "context", shape.resultElements(), stack.traffic().context().backward(), c));
        Kernel scores = new Kernel("scores gradient", kernels.gemmSeconds(scores(shape)), c);
        Kernel weighted = new Kernel("weighted sum gradient", kernels.gemmSeconds(weightedSum(shape)), c);
        ops.add(scores);
        ops.add(weighted);
        ops.add(moves(
                "softmax backward",
                shape.scoreElements(),
                stack.traffic().scores().backward(),
                c));
        ops.add(weighted);
        ops.add(weighted);
    }

    /// Fused attention, in as many kernels as keys and values come in pieces.
    private double flashSeconds(AttentionShape shape, Pass pass, double ratePerSecond) {
        return kernels.flashSeconds(shape.flash(), pass, ratePerSecond)
                + (shape.pieces() - 1) * kernels.launchGapSeconds();
    }

    private Gemm scores(AttentionShape shape) {
        return new Gemm(
                shape.queries(),
                shape.keys(),
                shape.core().keyDimension(),
                shape.sequences() * shape.heads(),
                attentionPrecision(),
                Output.STORE);
    }

    private Gemm weightedSum(AttentionShape shape) {
        return new Gemm(
                shape.queries(),
                shape.core().valueDimension(),
                shape.keys(),
                shape.sequences() * shape.heads(),
                attentionPrecision(),
                Output.STORE);
    }

    /// Attention and logits stay in 16 bits where the linear layers run in fewer.
    Precision attentionPrecision() {
        return precision.outside();
    }

    /// A cast to 8 bits or fewer of an operand of a product, where products run so.
    ///
    /// @param elements that are cast
    /// @param ofStack bytes of a cast to 8 bits with one scale for the tensor
    /// @param backward whether it is a gradient
    void addCast(List<Op> ops, double elements, double ofStack, boolean backward, Category category) {
        if (precision.isCast()) {
            double bytes = Math.max(0, ofStack + scaling.extraBytes(precision, backward));
            ops.add(moves("casts", elements, bytes, category));
        }
    }

    /// Bytes of a micro-batch's activations over the whole tensor group, as a collective counts them.
    ///
    /// @param forwardInput whether it is the input of a product, which travels as its operand, with its scales
    double activationTransferBytes(boolean forwardInput) {
        return activationTransferBytes(sizes.hidden(), forwardInput);
    }

    /// Bytes of a tensor of that width on the residual stream, over the whole tensor group.
    double activationTransferBytes(long width, boolean forwardInput) {
        double bytes = forwardInput && precision.isCast()
                ? precision.bytes() + scaling.scaleBytesPerElement()
                : elementBytes();
        return (double) sizes.tokens() * width * bytes;
    }

    int elementBytes() {
        return precision.tensorBytes();
    }

    /// How partial results are summed over the tensor group.
    CollectiveKind sumKind() {
        return sizes.sequenceParallel() ? CollectiveKind.REDUCE_SCATTER : CollectiveKind.ALL_REDUCE;
    }

    /// A kernel with a collective that runs beside it or, if not, is waited for: before the kernel for what it needs
    /// (a gather), after it for what it makes (a sum).
    void addCollective(List<Op> ops, Kernel kernel, Collective collective, boolean beside) {
        if (sizes.tensor() == 1) {
            ops.add(kernel);
        } else if (beside) {
            ops.add(new Op.Beside(kernel, collective));
        } else if (collective.kind() == CollectiveKind.ALL_GATHER) {
            ops.add(collective);
            ops.add(kernel);
        } else {
            ops.add(kernel);
            ops.add(collective);
        }
    }

    /// A sum that is waited for before a kernel that does not need it.
    void addSumThen(List<Op> ops, Collective sum, Kernel kernel) {
        addSum(ops, sum);
        ops.add(kernel);
    }

    /// A sum that is waited for.
    void addSum(List<Op> ops, Collective sum) {
        if (sizes.tensor() > 1) {
            ops.add(sum);
        }
    }
}
