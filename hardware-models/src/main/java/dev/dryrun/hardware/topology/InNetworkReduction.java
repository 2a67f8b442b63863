// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// What switches between nodes that add up what passes through them (SHARP) cost a collective library.
///
/// @param latencySeconds up to the switch where all has come together, and down
/// @param share of an interface's line rate that is reached
public record InNetworkReduction(double latencySeconds, double share) {
    private static final double SMALLEST_SHARE = 0.001;

    public InNetworkReduction {
        if (!(latencySeconds >= 0) || !(share > 0) || share > 1) {
            throw new IllegalArgumentException("latency is %s s, share %s; a latency is not negative, a share in (0, 1]"
                    .formatted(latencySeconds, share));
        }
    }

    static InNetworkReduction read(Entry entry) {
        entry.allow("source", "date", "note");
        var reduction = new InNetworkReduction(
                entry.figure("latency", Unit.SECONDS).value(),
                entry.figure("share", SMALLEST_SHARE, 1).value());
        entry.rejectUnknownKeys();
        return reduction;
    }
}
