// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// What data-parallel replicas share out among themselves instead of each keeping all of it.
/// Source: Rajbhandari et al., 2020, arXiv:1910.02054.
public enum Sharding {
    /// Every replica keeps everything and gradients are all-reduced.
    NONE,
    /// Optimizer state is sharded (ZeRO-1; Megatron's distributed optimizer).
    OPTIMIZER
}
