// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.exchange;

import java.util.Arrays;

/// Rounds by the stamps of all ranks: each lasts from when the last rank came until the last one left.
final class RoundTimes {
    private static final int QUIET_OF = 5;
    private static final double SECONDS_PER_NANO = 1e-9;

    private final long[] nanos;
    private final long wholeNanos;

    /// @param stamps of one rank behind the other, begin and end of each round, in nanoseconds of one clock
    RoundTimes(long[] stamps, int rounds) {
        nanos = new long[rounds];
        int perRank = 2 * rounds;
        for (int round = 0; round < rounds; round++) {
            long begin = Long.MIN_VALUE;
            long end = Long.MIN_VALUE;
            for (int first = 0; first < stamps.length; first += perRank) {
                begin = Math.max(begin, stamps[first + 2 * round]);
                end = Math.max(end, stamps[first + 2 * round + 1]);
            }
            // A clock of whole nanoseconds, and an exchange is longer than one of them.
            nanos[round] = Math.max(1, end - begin);
        }
        wholeNanos = Math.max(1, stamps[perRank - 1] - stamps[0]);
        Arrays.sort(nanos);
    }

    /// From the first rank's first round to the end of its last, with what is between rounds.
    double wholeSeconds() {
        return wholeNanos * SECONDS_PER_NANO;
    }

    double medianSeconds() {
        return (nanos[(nanos.length - 1) / 2] + nanos[nanos.length / 2]) / 2.0 * SECONDS_PER_NANO;
    }

    /// Mean of the quickest fifth.
    double quietSeconds() {
        return Arrays.stream(nanos, 0, Math.ceilDiv(nanos.length, QUIET_OF))
                        .average()
                        .orElseThrow()
                * SECONDS_PER_NANO;
    }
}
