// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.peer;

import java.util.OptionalDouble;

/// What another simulator says about one row.
///
/// @param peer who says it
/// @param id the row
/// @param stepSeconds time of a step
/// @param memoryBytes peak memory of a GPU as the framework's allocator counts it
public record PeerPrediction(String peer, String id, double stepSeconds, OptionalDouble memoryBytes) {
    public PeerPrediction {
        if (!(stepSeconds > 0) || Double.isInfinite(stepSeconds)) {
            throw new IllegalArgumentException("stepSeconds is " + stepSeconds + "; it must be above 0");
        }
    }
}
