// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// Parameters of a rank. Those of experts are apart because fewer ranks hold copies of them.
///
/// @param dense of attention, norms, dense MLPs, routers, embedding and head
/// @param experts of the experts of this rank
public record RankParameters(double dense, double experts) {
    public static final RankParameters NONE = new RankParameters(0, 0);

    public double total() {
        return dense + experts;
    }

    public RankParameters plus(RankParameters other) {
        return new RankParameters(dense + other.dense, experts + other.experts);
    }
}
