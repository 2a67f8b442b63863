// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.StackMemory;

/// What a software stack does with memory beyond what model and strategy say.
///
/// @param gradientBytes bytes of the gradient buffer per parameter of a rank: 2, or 4 where gradients are added up
///     in fp32
/// @param extraGradientBytes bytes per parameter of a rank that stay allocated beside that buffer: 2 where a 16-bit
///     gradient is copied into it, and what runs were seen to hold besides
/// @param optimizerGradientBytes bytes per parameter of the optimizer's own copy of gradients, sharded like its
///     state: 4 where it converts 16-bit gradients, else 0
/// @param flash whether attention keeps only its softmax statistics instead of the scores
/// @param logitBytes bytes alive per logit from the loss until its gradient is used: 2 where the loss is fused and in
///     place, 4 for fp32 logits (arXiv:2205.05198, section 4.3), 12 for an unfused loss in fp32
/// @param cachedWeightGradients whether a 16-bit gradient per shape of weight matrix stays cached although
///     gradients are accumulated by the matrix product itself
/// @param workspaceBytes scratch of the libraries, allocated throughout
/// @param fragmentation bytes reserved per byte of activations
/// @param contextBytes what the device holds outside the framework's allocator: context, communicators, buckets
/// @param shardIsMaster whether shares of sharded parameters and gradients are kept in fp32 alone
/// @param widenedGradientBytes bytes per parameter of the widest matrix for a copy of its gradient that is made before
///     it is added up: 4 where a 16-bit gradient is copied to fp32, else 0
public record MemoryRules(
        int gradientBytes,
        double extraGradientBytes,
        int optimizerGradientBytes,
        boolean flash,
        double logitBytes,
        boolean cachedWeightGradients,
        double workspaceBytes,
        double fragmentation,
        double contextBytes,
        boolean shardIsMaster,
        int widenedGradientBytes) {
    public MemoryRules {
        if (gradientBytes != 2 && gradientBytes != 4) {
            throw new IllegalArgumentException("gradientBytes is " + gradientBytes + "; it must be 2 or 4");
        }
        requireAtLeast("extraGradientBytes", extraGradientBytes, 0);
        requireAtLeast("optimizerGradientBytes", optimizerGradientBytes, 0);
        requireAtLeast("logitBytes", logitBytes, 0);
        requireAtLeast("workspaceBytes", workspaceBytes, 0);
        requireAtLeast("fragmentation", fragmentation, 1);
        requireAtLeast("contextBytes", contextBytes, 0);
    }

    /// Shares of parameters beside a master copy.
    public MemoryRules(
            int gradientBytes,
            double extraGradientBytes,
            int optimizerGradientBytes,
            boolean flash,
            double logitBytes,
            boolean cachedWeightGradients,
            double workspaceBytes,
            double fragmentation,
            double contextBytes) {
        this(
                gradientBytes,
                extraGradientBytes,
                optimizerGradientBytes,
                flash,
                logitBytes,
                cachedWeightGradients,
                workspaceBytes,
                fragmentation,
                contextBytes,
                false,
                0);
    }

    /// The rules of a stack. An optimizer keeps fp32 gradients of its own where the accumulated ones are of 16 bits;
    /// where the accumulated ones are wider than the model's and the product does not add to them itself, the product's
    /// stay beside them.
    public static MemoryRules of(Stack stack, Precision precision) {
        StackMemory memory = stack.memory();
        int gradientBytes = stack.gradients().format().bytes(precision);
        int productBytes = precision.tensorBytes();
        boolean productStays = !stack.gradients().fused() && gradientBytes > productBytes;
        return new MemoryRules(
                gradientBytes,
                memory.extraGradientBytes() + (productStays ? productBytes : 0),
                gradientBytes == 2 ? 4 : 0,
                stack.attention() == Stack.Attention.FLASH,
                memory.logitBytes(),
                memory.cachedWeightGradients(),
                memory.workspaceBytes(),
                memory.fragmentation(),
                memory.contextBytes(),
                memory.shardIsMaster(),
                memory.widensGradients() && productStays ? gradientBytes : 0);
    }

    private static void requireAtLeast(String name, double value, double least) {
        if (!(value >= least)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least);
        }
    }
}
