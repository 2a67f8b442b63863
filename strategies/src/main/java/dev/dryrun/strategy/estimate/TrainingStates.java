// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.memory.MemoryRules;
import dev.dryrun.strategy.memory.StateBytes;

/// What training keeps from step to step, in bytes per parameter:
///
///                          weights  gradients  optimizer: copy + moments
///     mixed                   2        2 or 4     4 + 8 Adam, 4 + 2 in 8 bits, 4 + 4 momentum, 4 SGD
///     fp32                    4        4              8           2                4             0
///     bf16 throughout         2        2              4           2                2             0
///
/// Mixed precision with Adam and 16-bit gradients is 16 bytes a parameter. Source: Rajbhandari et al., 2020,
/// arXiv:1910.02054, section 3.1 (K = 12); Transformer Math 101, EleutherAI, 2023.
///
/// @param format of weights, gradients and moments
/// @param optimizer whose state it is
/// @param fp32Gradients whether 16-bit training adds up its gradients in fp32
public record TrainingStates(TrainingFormat format, Optimizer optimizer, boolean fp32Gradients) {
    private static final int HALF = 2;

    /// Bytes of a gradient.
    public int gradientBytes() {
        return fp32Gradients ? 4 : format.weightBytes();
    }

    /// States of so many parameters, all of them on one rank.
    public StateBytes of(double parameters) {
        if (format == TrainingFormat.PURE_BF16) {
            int moments = optimizer.moments() * Math.min(HALF, optimizer.momentBytes());
            return new StateBytes(HALF * parameters, gradientBytes() * parameters, moments * parameters, 0);
        }
        return StateBytes.of(parameters, format.products(), optimizer, 1, statesOnly());
    }

    /// No workspace, no gaps, no second copy of gradients: nothing beside the states.
    private MemoryRules statesOnly() {
        return new MemoryRules(gradientBytes(), 0, 0, false, 0, false, 0, 1, 0);
    }
}
