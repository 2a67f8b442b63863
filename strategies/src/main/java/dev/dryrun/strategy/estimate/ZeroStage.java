// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import dev.dryrun.strategy.memory.StateBytes;

/// How much of its states a replica shares with the others, N in all.
///
///     ZeRO-0   2 P + 2 P + K P
///     ZeRO-1   2 P + 2 P + K P / N      the optimizer's state
///     ZeRO-2   2 P + (2 + K) P / N      gradients too
///     ZeRO-3   (4 + K) P / N            parameters too
///
/// K P is the optimizer's state, 12 P for Adam in mixed precision. Source: Rajbhandari et al., 2020, arXiv:1910.02054,
/// figure 1 and section 5.
public enum ZeroStage {
    ZERO_0,
    ZERO_1,
    ZERO_2,
    ZERO_3;

    /// What one of so many replicas keeps of the states.
    public StateBytes share(StateBytes whole, int replicas) {
        return new StateBytes(
                whole.weights() / (sharesParameters() ? replicas : 1),
                whole.gradients() / (sharesGradients() ? replicas : 1),
                whole.optimizer() / (sharesOptimizer() ? replicas : 1),
                whole.scratch());
    }

    public boolean sharesOptimizer() {
        return compareTo(ZERO_1) >= 0;
    }

    public boolean sharesGradients() {
        return compareTo(ZERO_2) >= 0;
    }

    public boolean sharesParameters() {
        return compareTo(ZERO_3) >= 0;
    }

    /// Number of the stage, 0 to 3.
    public int number() {
        return ordinal();
    }
}
