// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.hardware.collective.CollectiveKind;

/// How long an exchange took by itself, from when the last rank came until the last one had what it gets.
///
/// @param kind a message (`SEND_RECV`) is one way
/// @param bytes as [CollectiveKind] says: the buffer, the total over ranks, or the message
/// @param rounds that were timed
/// @param medianSeconds of the rounds
/// @param quietSeconds mean of the quickest fifth of the rounds
public record ExchangeTime(CollectiveKind kind, long bytes, int rounds, double medianSeconds, double quietSeconds) {
    public ExchangeTime {
        if (rounds < 1 || !(medianSeconds > 0) || !(quietSeconds > 0)) {
            throw new IllegalArgumentException("rounds is " + rounds + ", medianSeconds " + medianSeconds
                    + ", quietSeconds " + quietSeconds + "; all must be positive");
        }
    }
}
