// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// Steps in which replicas go on by themselves, until an outer step averages what they have learnt (local SGD, DiLoCo).
/// Source: Douillard et al., 2023, arXiv:2311.08105, algorithm 1.
///
/// @param steps of each replica, H, from one outer step to the next; 1 where every step reduces gradients
/// @param outerMomentum whether the outer update keeps a momentum (DiLoCo); without, parameters are averaged (local
/// SGD)
public record LocalSteps(int steps, boolean outerMomentum) {
    /// Every step reduces gradients.
    public static final LocalSteps NONE = new LocalSteps(1, false);

    public LocalSteps {
        Positive.require("steps", steps);
    }

    public boolean isLocal() {
        return steps > 1;
    }

    /// Bytes that a replica keeps for each of its parameters: with a momentum, the parameters as the last outer step
    /// left them, and the momentum, in fp32.
    public int outerBytes() {
        return isLocal() && outerMomentum ? 8 : 0;
    }
}
