// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// What data-parallel replicas share out among themselves instead of each keeping all of it. Each shares what those
/// before it do.
/// Source: Rajbhandari et al., 2020, arXiv:1910.02054.
public enum Sharding {
    /// Every replica keeps everything and gradients are all-reduced.
    NONE,
    /// Optimizer state is sharded (ZeRO-1; Megatron's distributed optimizer).
    OPTIMIZER,
    /// Gradients as well: they are reduced to their owner after every micro-batch (ZeRO-2).
    GRADIENTS,
    /// Parameters as well: they are gathered when a layer needs them (ZeRO-3, FSDP).
    PARAMETERS;

    public boolean sharesOptimizer() {
        return compareTo(OPTIMIZER) >= 0;
    }

    public boolean sharesGradients() {
        return compareTo(GRADIENTS) >= 0;
    }

    public boolean sharesParameters() {
        return compareTo(PARAMETERS) >= 0;
    }
}
