// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// When gradients that are added up over micro-batches are reduced over replicas.
public enum Reduction {
    /// Once a step where each replica keeps all sums, with each micro-batch where it keeps a share.
    USUAL,
    /// Once a step, with the last micro-batch: PyTorch's `no_sync` around the others.
    LAST_MICRO_BATCH,
    /// With each micro-batch.
    EACH_MICRO_BATCH
}
