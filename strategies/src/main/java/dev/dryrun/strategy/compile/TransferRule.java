// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.sharing.Activity;

/// What of a transfer takes time. All but [#REAL] leave something out, to see what it matters.
///
/// @param sharesLinks whether transfers that use the same links share them; else each has its links to itself
/// @param hasLatency whether a transfer costs more than its bytes; algorithms stay those chosen with latency
/// @param takesTime whether it takes any time at all; else it is over as soon as its group has met
public record TransferRule(boolean sharesLinks, boolean hasLatency, boolean takesTime) {
    /// As on a real network.
    public static final TransferRule REAL = new TransferRule(true, true, true);

    /// What a transfer is by this rule.
    ///
    /// @param capacity of every link, in bytes a second
    Activity of(Activity real, double[] capacity) {
        if (!takesTime) {
            return Activity.of();
        }
        Activity prompt = hasLatency ? real : real.withoutLatency();
        return sharesLinks ? prompt : prompt.alone(capacity);
    }

    /// What is left of two rules.
    public TransferRule and(TransferRule other) {
        return new TransferRule(
                sharesLinks && other.sharesLinks, hasLatency && other.hasLatency, takesTime && other.takesTime);
    }
}
