// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

/// A stretch of an activity: a latency, then work that progresses at the rate its footprint is granted.
///
/// @param latencyNanos time before the work starts, in which no resource is used
/// @param work units to be done (for a transfer: bytes); 0 for a pure latency
/// @param footprint usage of resources per unit of work
/// @param weight share relative to others at the same bottleneck
/// @param capPerSecond upper bound of the rate in units a second; infinite if only resources limit it
public record Phase(long latencyNanos, double work, Footprint footprint, double weight, double capPerSecond) {
    public Phase {
        if (latencyNanos < 0) {
            throw new IllegalArgumentException("latencyNanos is " + latencyNanos + "; it must not be negative");
        }
        if (!(work >= 0) || Double.isInfinite(work)) {
            throw new IllegalArgumentException("work is " + work + "; it must be finite and not negative");
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight is " + weight + "; it must be positive and finite");
        }
        if (!(capPerSecond > 0)) {
            throw new IllegalArgumentException("capPerSecond is " + capPerSecond + "; it must be positive");
        }
        if (work > 0 && footprint.size() == 0 && Double.isInfinite(capPerSecond)) {
            throw new IllegalArgumentException(
                    "work of " + work + " has neither a footprint nor a cap; it would take no time");
        }
    }

    /// Time that passes and uses nothing.
    public static Phase latency(long latencyNanos) {
        return new Phase(latencyNanos, 0, Footprint.NOTHING, 1, Double.POSITIVE_INFINITY);
    }

    /// A latency and then work that only resources limit.
    public static Phase transfer(long latencyNanos, double work, Footprint footprint) {
        return new Phase(latencyNanos, work, footprint, 1, Double.POSITIVE_INFINITY);
    }

    /// Duration where nothing else uses the resources.
    ///
    /// @param capacityPerSecond capacity of every resource
    public double aloneSeconds(double[] capacityPerSecond) {
        return latencyNanos * 1e-9 + (work == 0 ? 0 : work / aloneRate(capacityPerSecond));
    }

    private double aloneRate(double[] capacityPerSecond) {
        double rate = capPerSecond;
        for (int i = 0; i < footprint.size(); i++) {
            rate = Math.min(
                    rate,
                    capacityPerSecond[footprint.resources()[i]] / footprint.usagePerUnit()[i]);
        }
        return rate;
    }

    /// The same as if nothing else ever used the resources: the rate that they allow one alone becomes a bound of its
    /// own.
    Phase alone(double[] capacityPerSecond) {
        return new Phase(latencyNanos, work, Footprint.NOTHING, weight, aloneRate(capacityPerSecond));
    }

    /// The same, its work begun at once.
    Phase withoutLatency() {
        return new Phase(0, work, footprint, weight, capPerSecond);
    }
}
