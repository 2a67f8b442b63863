// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.units;

/// Simulated time: ticks of one nanosecond, held in a `long`.
public final class SimTime {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LONGEST_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND / 4;

    private SimTime() {}

    /// Ticks for a duration, to the nearest nanosecond.
    ///
    /// @throws IllegalArgumentException if the duration is negative, not a number, or beyond 73 years
    public static long toNanos(double seconds) {
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw new IllegalArgumentException(
                    "seconds is " + seconds + "; a duration lies between 0 and " + LONGEST_SECONDS);
        }
        return Math.round(seconds * NANOS_PER_SECOND);
    }

    public static double toSeconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }
}
