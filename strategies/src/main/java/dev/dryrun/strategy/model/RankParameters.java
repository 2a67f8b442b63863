// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// Parameters of a rank. Those of experts are apart because fewer ranks hold copies of them.
///
/// @param dense of attention, norms, dense MLPs, routers, embedding and head
/// @param experts of the experts of this rank
/// @param frozenDense of the dense ones those that are not trained
/// @param frozenExperts the same of experts
public record RankParameters(double dense, double experts, double frozenDense, double frozenExperts) {
    public static final RankParameters NONE = new RankParameters(0, 0);

    /// All are trained.
    public RankParameters(double dense, double experts) {
        this(dense, experts, 0, 0);
    }

    /// None is trained, or all are.
    public static RankParameters dense(double parameters, boolean frozen) {
        return new RankParameters(parameters, 0, frozen ? parameters : 0, 0);
    }

    public double total() {
        return dense + experts;
    }

    /// Those that are trained.
    public RankParameters trained() {
        return new RankParameters(dense - frozenDense, experts - frozenExperts);
    }

    /// Those that are not.
    public RankParameters frozen() {
        return new RankParameters(frozenDense, frozenExperts, frozenDense, frozenExperts);
    }

    /// Of which a rank's share is, with so many ranks that share the dense ones and so many that share the experts.
    public double sharedBy(int ofDense, int ofExperts) {
        return ofDense == ofExperts ? total() / ofDense : dense / ofDense + experts / ofExperts;
    }

    public RankParameters plus(RankParameters other) {
        return new RankParameters(
                dense + other.dense,
                experts + other.experts,
                frozenDense + other.frozenDense,
                frozenExperts + other.frozenExperts);
    }
}
