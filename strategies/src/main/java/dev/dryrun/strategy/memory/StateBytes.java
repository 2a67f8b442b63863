// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Optimizer;

/// Bytes of a rank that last from step to step, by category.
///
/// Mixed precision with P parameters on the rank, Adam, state shared by N replicas (N = 1 where it is not):
///
///     weights 2 P + gradients g P + optimizer (4 master + 8 moments + c) P / N + scratch
///
/// g is 2 or 4 by the stack, plus what it keeps beside; c is 4 where the optimizer keeps gradients of its own; 8-bit
/// Adam has moments of 2 bytes together. Training in fp32 or tf32 has weights and gradients of 4 bytes and no master
/// copy. Source: Rajbhandari et al., 2020, arXiv:1910.02054, sections 3.1 and 5.1 (K = 12, g = 2).
///
/// @param weights in the precision of the matrix products
/// @param gradients of all micro-batches together
/// @param optimizer fp32 master weights and moments, this rank's share
/// @param scratch cached from the first step on
public record StateBytes(double weights, double gradients, double optimizer, double scratch) {
    /// States of so many parameters whose optimizer state is shared by that many replicas.
    public static StateBytes of(
            double parameters, Precision precision, Optimizer optimizer, int shards, MemoryRules rules) {
        int moments = optimizer.momentBytes() * optimizer.moments();
        boolean mixed = switch (precision) {
            case FP32, TF32 -> false;
            case FP16, BF16, FP8 -> true;
        };
        if (!mixed) {
            return new StateBytes(4 * parameters, 4 * parameters, moments * parameters / shards, 0);
        }
        return new StateBytes(
                2 * parameters,
                (rules.gradientBytes() + rules.extraGradientBytes()) * parameters,
                (4 + moments + rules.optimizerGradientBytes()) * parameters / shards,
                0);
    }

    public double total() {
        return weights + gradients + optimizer + scratch;
    }

    StateBytes plusScratch(double bytes) {
        return new StateBytes(weights, gradients, optimizer, scratch + bytes);
    }
}
