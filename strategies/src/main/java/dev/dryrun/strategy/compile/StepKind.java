// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

/// What a step of a training does.
public enum StepKind {
    /// All micro-batches forward and backward, and an update.
    TRAINING,
    /// The same, and after the update replicas that learnt by themselves meet.
    OUTER,
    /// All micro-batches forward.
    EVALUATION
}
