// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.compile.Op.Kernel;
import dev.dryrun.strategy.job.BytesPerElement;
import dev.dryrun.strategy.job.Scaling;
import dev.dryrun.strategy.job.Stack;
import java.util.List;

/// Times the kernels of a micro-batch on one rank, as a software stack runs them.
final class KernelTimes {
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
        return new Kernel(name, bytes == 0 ? 0 : kernels.bytesSeconds(bytes), category);
    }

    /// A kernel that moves so many bytes altogether.
    Kernel movesBytes(String name, double bytes, Category category) {
        return new Kernel(name, bytes == 0 ? 0 : kernels.bytesSeconds(bytes), category);
    }

    /// A linear layer forward: tokens x inputs times inputs x outputs.
    Kernel linear(String name, long outputs, long inputs, Category category) {
        return new Kernel(name, kernels.gemmSeconds(Gemm.of(sizes.tokens(), outputs, inputs, precision)), category);
    }

    /// The gradient of a linear layer's input: tokens x outputs times outputs x inputs.
    Kernel dataGradient(String name, long outputs, long inputs) {
        return dataGradient(name, outputs, inputs, precision);
    }

    private Kernel dataGradient(String name, long outputs, long inputs, Precision in) {
        double seconds = kernels.gemmSeconds(Gemm.of(sizes.tokens(), inputs, outputs, in));
        return new Kernel(name + " data gradient", seconds, Category.COMPUTE);
    }

    /// The product of the last hidden states with the vocabulary, in 16 bits at least.
    Kernel logits() {
        Gemm product = Gemm.of(sizes.tokens(), sizes.vocabularyWidth(), sizes.hidden(), attentionPrecision());
        return new Kernel("logits", kernels.gemmSeconds(product), Category.COMPUTE);
    }

    Kernel logitsDataGradient() {
        return dataGradient("logits", sizes.vocabularyWidth(), sizes.hidden(), attentionPrecision());
    }

    Kernel logitsWeightGradient() {
        return weightGradient("logits", sizes.vocabularyWidth(), sizes.hidden(), attentionPrecision());
    }

    /// The gradient of a linear layer's weights: outputs x tokens times tokens x inputs, added to the sum so far where
    /// the stack has fused that. A sum that is shared out is elsewhere.
    Kernel weightGradient(String name, long outputs, long inputs) {
        return weightGradient(name, outputs, inputs, precision);
    }

    private Kernel weightGradient(String name, long outputs, long inputs, Precision in) {
        Output output = !stack.gradients().fused() || gradientShards > 1
                ? Output.STORE
                : stack.gradients().format().bytes(precision) == 4 ? Output.ACCUMULATE_FP32 : Output.ACCUMULATE_16;
        Gemm product = new Gemm(outputs, inputs, sizes.tokens(), 1, in, output);
        return new Kernel(name + " weight gradient", kernels.gemmSeconds(product), Category.COMPUTE).forWeights();
    }

    /// The separate addition of a weight gradient to the sum so far, where the stack has not fused it.
    void addGradientSum(List<Op> ops, String name, long outputs, long inputs) {
        double bytes = stack.gradients().additionBytes(precision) * outputs * inputs / gradientShards;
        if (bytes > 0) {
            ops.add(movesBytes(name + " gradient sum", bytes, Category.COMPUTE).forWeights());
        }
    }

    void addWeightGradient(List<Op> ops, String name, long outputs, long inputs) {
        ops.add(weightGradient(name, outputs, inputs));
        addGradientSum(ops, name, outputs, inputs);
    }

    /// The attention core forward: scores, softmax and weighted sum, or one fused kernel.
    void attentionForward(List<Op> ops, Category category) {
        if (stack.attention() == Stack.Attention.FLASH) {
            ops.add(new Kernel(
                    "attention",
                    kernels.flashSeconds(flash(), Pass.FORWARD, stack.flashForwardOfPeak() * peak16),
                    category));
            return;
        }
        ops.add(new Kernel("scores", kernels.gemmSeconds(scores()), category));
        ops.add(moves("softmax", sizes.scoreElements(), stack.traffic().scores().forward(), category));
        ops.add(new Kernel("weighted sum", kernels.gemmSeconds(weightedSum()), category));
        addContext(ops, category, stack.traffic().context(), true);
    }

    /// The attention core backward: two products for each one forward.
    void attentionBackward(List<Op> ops) {
        Category c = Category.COMPUTE;
        if (stack.attention() == Stack.Attention.FLASH) {
            ops.add(new Kernel(
                    "attention backward",
                    kernels.flashSeconds(flash(), Pass.BACKWARD, stack.flashBackwardOfPeak() * peak16),
                    c));
            return;
        }
        addContext(ops, c, stack.traffic().context(), false);
        Kernel scores = new Kernel("scores gradient", kernels.gemmSeconds(scores()), c);
        Kernel weighted = new Kernel("weighted sum gradient", kernels.gemmSeconds(weightedSum()), c);
        ops.add(scores);
        ops.add(weighted);
        ops.add(moves(
                "softmax backward",
                sizes.scoreElements(),
                stack.traffic().scores().backward(),
                c));
        ops.add(weighted);
        ops.add(weighted);
    }

    private void addContext(List<Op> ops, Category category, BytesPerElement bytes, boolean forward) {
        ops.add(moves(
                "context",
                sizes.tokens() * (double) sizes.queryWidth(),
                forward ? bytes.forward() : bytes.backward(),
                category));
    }

    private Gemm scores() {
        return new Gemm(
                sizes.length(),
                sizes.length(),
                sizes.headDimension(),
                sizes.sequences() * sizes.heads(),
                attentionPrecision(),
                Output.STORE);
    }

    private Gemm weightedSum() {
        return new Gemm(
                sizes.length(),
                sizes.headDimension(),
                sizes.length(),
                sizes.sequences() * sizes.heads(),
                attentionPrecision(),
                Output.STORE);
    }

    private FlashAttention flash() {
        return FlashAttention.causal(sizes.sequences(), sizes.length(), sizes.heads(), sizes.headDimension());
    }

    /// Attention and logits stay in 16 bits where the linear layers run in fewer.
    Precision attentionPrecision() {
        return precision.outside();
    }

    double rotaryElements() {
        return sizes.tokens() * (double) (sizes.queryKeyValueWidth() + sizes.queryWidth()) / 2;
    }

    /// Casts of the forward pass to 8 bits or fewer: of the inputs of the four products.
    void castsForward(List<Op> ops, Category category) {
        if (!precision.isCast()) {
            return;
        }
        double hidden = sizes.residualElements();
        ops.add(casts(2 * hidden, stack.traffic().fp8Hidden().forward() / 2, false, category));
        ops.add(casts(
                sizes.tokens() * (double) sizes.queryWidth(),
                stack.traffic().fp8Context().forward(),
                false,
                category));
        ops.add(casts(
                sizes.tokens() * (double) sizes.ffnWidth(),
                stack.traffic().fp8Ffn().forward(),
                false,
                category));
    }

    /// Casts of the backward pass to 8 bits or fewer: of the gradients of the four products' results, two of which are
    /// of hidden size.
    void castsBackward(List<Op> ops) {
        if (!precision.isCast()) {
            return;
        }
        Category c = Category.COMPUTE;
        ops.add(casts(2 * sizes.residualElements(), stack.traffic().fp8Hidden().backward() / 2, true, c));
        ops.add(casts(
                sizes.tokens() * (double) sizes.ffnWidth(),
                stack.traffic().fp8Ffn().backward(),
                true,
                c));
        double qkv = sizes.tokens() * (double) sizes.queryKeyValueWidth();
        ops.add(casts(qkv, stack.traffic().fp8QueryKeyValue().backward(), true, c));
    }

    /// @param ofStack bytes of a cast to 8 bits with one scale for the tensor
    private Kernel casts(double elements, double ofStack, boolean backward, Category category) {
        return moves("casts", elements, Math.max(0, ofStack + scaling.extraBytes(precision, backward)), category);
    }

    /// Bytes of a micro-batch's activations over the whole tensor group, as a collective counts them.
    ///
    /// @param forwardInput whether it is the input of a product, which travels as its operand, with its scales
    double activationTransferBytes(boolean forwardInput) {
        double bytes = forwardInput && precision.isCast()
                ? precision.bytes() + scaling.scaleBytesPerElement()
                : elementBytes();
        return (double) sizes.tokens() * sizes.hidden() * bytes;
    }

    private int elementBytes() {
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
        if (sizes.tensor() > 1) {
            ops.add(sum);
        }
        ops.add(kernel);
    }
}
