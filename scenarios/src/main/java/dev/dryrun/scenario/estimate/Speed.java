// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.strategy.estimate.GpuRate;

/// How fast a GPU is taken to train, and on whose word.
///
/// @param kind whose word it is
/// @param rate of one GPU
/// @param basis the word itself, for people
public record Speed(Kind kind, GpuRate rate, String basis) {
    /// Where a speed comes from.
    public enum Kind {
        /// The accelerator's rule of thumb in the catalog.
        TYPICAL,
        /// A share of the peak, for want of a rule of thumb.
        ASSUMED,
        /// The user.
        GIVEN,
        /// The simulation of a step.
        SIMULATED
    }
}
