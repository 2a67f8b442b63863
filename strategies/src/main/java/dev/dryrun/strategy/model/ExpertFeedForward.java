// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import org.jspecify.annotations.Nullable;

/// A mixture of experts: many MLPs of which a router picks a few for each token, beside one that every token passes.
///
///     parameters = E expert + shared + h E (+ E bias)
///     active     = k expert + shared + h E (+ E bias)
///     forward    = k expert + shared + 2 s h E
///
/// for E experts, of which k are active, and h hidden. Source: Shazeer et al., 2017, arXiv:1701.06538, section 2; the
/// shared expert: Dai et al., 2024, arXiv:2401.06066, section 3.2.
///
/// @param count E
/// @param active k
/// @param expert one of them
/// @param shared what every token passes; all shared experts together are one MLP of their joint width; or null
/// @param routerBias whether the router has a bias for each expert
public record ExpertFeedForward(
        int count,
        int active,
        DenseFeedForward expert,
        @Nullable DenseFeedForward shared,
        boolean routerBias) implements FeedForward {
    public ExpertFeedForward {
        if (active < 1 || active > count) {
            throw new IllegalArgumentException("active is " + active + "; it must be from 1 to the " + count);
        }
    }

    @Override
    public long parameters() {
        return count * expert.parameters() + everyTokens();
    }

    @Override
    public long activeParameters() {
        return active * expert.parameters() + everyTokens();
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount attention) {
        double routed = active * expert.forwardFlops(sequenceLength, attention);
        double common = shared == null ? 0 : shared.forwardFlops(sequenceLength, attention);
        return routed + common + 2.0 * sequenceLength * router();
    }

    private long everyTokens() {
        return router() + (routerBias ? count : 0) + (shared == null ? 0 : shared.parameters());
    }

    private long router() {
        return expert.hidden() * count;
    }
}
