// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Sharding;

/// Bytes of a rank that last from step to step, by category.
///
/// Mixed precision with P parameters on the rank, Adam, state shared by N replicas (N = 1 where it is not):
///
///     weights 2 P + gradients g P + optimizer (4 master + 8 moments + c) P / N + scratch
///
/// Gradients and weights are divided by N too where they are shared. Where a stack keeps shares of parameters in fp32
/// alone they are the master copy, and gradients are of 4 bytes: (4 + 4 + 8) P / N.
///
/// g is 2 or 4 by the stack, plus what it keeps beside; c is 4 where the optimizer keeps gradients of its own; 8-bit
/// Adam has moments of 2 bytes together. Training in fp32 or tf32 has weights and gradients of 4 bytes and no master
/// copy. In 16 bits without a master copy moments are of 16 bits as well, as PyTorch makes them like the parameters: 2
/// P + g P + 4 P / N with Adam. Source: Rajbhandari et al., 2020, arXiv:1910.02054, sections 3.1 and 5.1 (K = 12, g =
/// 2).
///
/// @param weights in the precision of the matrix products
/// @param gradients of all micro-batches together
/// @param optimizer fp32 master weights and moments, this rank's share
/// @param scratch cached from the first step on, and room for what is gathered
public record StateBytes(double weights, double gradients, double optimizer, double scratch) {
    /// States of so many parameters whose optimizer state is shared by that many replicas.
    public static StateBytes of(
            double parameters, Precision precision, Optimizer optimizer, int shards, MemoryRules rules) {
        return of(parameters, precision, optimizer, Sharding.OPTIMIZER, shards, rules);
    }

    /// States of so many parameters, of which that many replicas share out what is said.
    public static StateBytes of(
            double parameters,
            Precision precision,
            Optimizer optimizer,
            Sharding sharding,
            int shards,
            MemoryRules rules) {
        double moments = (double) optimizer.momentBytes() * optimizer.moments();
        return of(parameters, new Kept(precision, true, moments, false), sharding, shards, rules);
    }

    /// What of the states a training keeps in which format.
    ///
    /// @param precision of the matrix products
    /// @param masterWeights whether the optimizer has weights of its own where the model's are in 16 bits
    /// @param momentBytes of all moments of a parameter
    /// @param wholeGradients whether gradients stay whole where replicas share them out
    record Kept(Precision precision, boolean masterWeights, double momentBytes, boolean wholeGradients) {}

    static StateBytes of(double parameters, Kept kept, Sharding sharding, int shards, MemoryRules rules) {
        double ofWeights = parameters / (sharding.sharesParameters() ? shards : 1);
        double ofGradients = parameters / (sharding.sharesGradients() && !kept.wholeGradients() ? shards : 1);
        double ofOptimizer = parameters / (sharding.sharesOptimizer() ? shards : 1);
        double moments = kept.momentBytes();
        if (!kept.precision().isMixed()) {
            return new StateBytes(4 * ofWeights, 4 * ofGradients, moments * ofOptimizer, 0);
        }
        if (!kept.masterWeights()) {
            return new StateBytes(
                    2 * ofWeights,
                    (rules.gradientBytes() + rules.extraGradientBytes()) * ofGradients,
                    moments * ofOptimizer,
                    0);
        }
        if (sharding.sharesParameters() && rules.shardIsMaster()) {
            return new StateBytes(0, 4 * ofGradients, (4 + moments) * ofOptimizer, 0);
        }
        return new StateBytes(
                2 * ofWeights,
                (rules.gradientBytes() + rules.extraGradientBytes()) * ofGradients,
                (4 + moments + rules.optimizerGradientBytes()) * ofOptimizer,
                0);
    }

    public double total() {
        return weights + gradients + optimizer + scratch;
    }

    StateBytes plus(StateBytes other) {
        return new StateBytes(
                weights + other.weights,
                gradients + other.gradients,
                optimizer + other.optimizer,
                scratch + other.scratch);
    }

    /// The same with the optimizer's state on the host.
    ///
    /// @param gradientsToo whether gradients leave as soon as they are made
    StateBytes onHost(boolean gradientsToo) {
        return new StateBytes(weights, gradientsToo ? 0 : gradients, 0, scratch);
    }

    StateBytes plusOptimizer(double bytes) {
        return new StateBytes(weights, gradients, optimizer + bytes, scratch);
    }

    StateBytes plusWeights(double bytes) {
        return new StateBytes(weights + bytes, gradients, optimizer, scratch);
    }

    StateBytes plusScratch(double bytes) {
        return new StateBytes(weights, gradients, optimizer, scratch + bytes);
    }
}
