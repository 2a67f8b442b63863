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

    /// Of which a rank's share is, with so many ranks that share the dense ones and so many that share the experts.
    public double sharedBy(int ofDense, int ofExperts) {
        return ofDense == ofExperts ? total() / ofDense : dense / ofDense + experts / ofExperts;
    }

    public RankParameters plus(RankParameters other) {
        return new RankParameters(dense + other.dense, experts + other.experts);
    }
}
