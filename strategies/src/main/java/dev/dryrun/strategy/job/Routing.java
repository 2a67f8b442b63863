// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.kernel.SlowestOf;

/// How evenly a router spreads tokens over experts.
///
/// Loads of experts in a micro-batch are normal around their mean with relative standard deviation sigma, or all equal
/// to a capacity that is filled up where fewer tokens come and cut where more do (Fedus et al., 2021, arXiv:2101.03961,
/// section 2.2). Of E experts on R ranks, each rank has the sum of E / R, and the ranks wait for the fullest:
///
///     load = 1 + sigma sqrt(R / E) z(R)   dropless, z(R) the expected largest of R normal draws
///          = capacity                     with a capacity
///
/// @param spread sigma; 0 where every expert gets as many
/// @param capacity of an expert over the mean load; 0 where no token is dropped
public record Routing(double spread, double capacity) {
    /// Every expert gets as many.
    public static final Routing EVEN = new Routing(0, 0);

    public Routing {
        if (!(spread >= 0) || !(capacity >= 0)) {
            throw new IllegalArgumentException(
                    "spread is " + spread + " and capacity " + capacity + "; neither may be negative");
        }
    }

    /// Load of the fullest rank over the mean.
    public double load(int experts, int ranks) {
        return capacity > 0 ? capacity : 2 - SlowestOf.speed(spread * Math.sqrt((double) ranks / experts), ranks);
    }
}
