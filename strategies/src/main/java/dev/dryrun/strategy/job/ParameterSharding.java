// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// How parameters are shared out and gathered, where they are.
/// Source: Zhao et al., VLDB 2023, arXiv:2304.11277, sections 3.2 and 3.3.
///
/// @param group consecutive replicas that share a copy of the parameters, other groups holding copies of their own
///     (hybrid sharding); 0 for all replicas
/// @param reshardAfterForward whether a layer's gathered parameters are freed after its forward pass and gathered again
///     for its backward pass
/// @param prefetch whether the next layer's parameters are gathered while a layer runs
public record ParameterSharding(int group, boolean reshardAfterForward, boolean prefetch) {
    /// Shared by all replicas, freed between forward and backward, gathered ahead.
    public static final ParameterSharding USUAL = new ParameterSharding(0, true, true);

    public ParameterSharding {
        if (group < 0) {
            throw new IllegalArgumentException("group is " + group + "; it must be at least 0, for all replicas");
        }
    }
}
