// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// What a library gets out of one generation of links between GPUs, as shares of the raw bandwidth.
///
/// @param ring share of rings, trees and sends in the bulk protocol
/// @param lowLatencyBytesPerSecond payload a second of the low-latency protocol; 0 where its share counts
/// @param lowLatencyShare wire rate of the low-latency protocol; counts where the rate is 0
/// @param ll128Share share of a ring in protocol LL128; 0 where the library does not use it
/// @param inSwitchShare payload of an all-reduce inside the switches; 0 where they cannot reduce
public record LinkEfficiency(
        double ring, double lowLatencyBytesPerSecond, double lowLatencyShare, double ll128Share, double inSwitchShare) {
    private static final double SMALLEST = 0.001;

    public LinkEfficiency {
        if (!(ring > 0 && ring <= 1)) {
            throw new IllegalArgumentException("ring is " + ring + "; it must be in (0, 1]");
        }
        if (!(lowLatencyBytesPerSecond >= 0)
                || !(lowLatencyShare >= 0)
                || lowLatencyBytesPerSecond + lowLatencyShare == 0) {
            throw new IllegalArgumentException("low-latency protocol has rate %s B/s and share %s; one must be positive"
                    .formatted(lowLatencyBytesPerSecond, lowLatencyShare));
        }
        if (!(ll128Share >= 0 && ll128Share <= 1) || !(inSwitchShare >= 0 && inSwitchShare <= 1)) {
            throw new IllegalArgumentException("ll128Share is %s and inSwitchShare %s; both must be in [0, 1]"
                    .formatted(ll128Share, inSwitchShare));
        }
    }

    static LinkEfficiency read(Entry entry) {
        entry.allow("source", "date", "note");
        boolean rated = entry.has("ll_rate");
        LinkEfficiency efficiency = new LinkEfficiency(
                entry.figure("ring", SMALLEST, 1).value(),
                rated ? entry.figure("ll_rate", Unit.BYTES_PER_SECOND).value() : 0,
                rated ? 0 : entry.figure("ll", SMALLEST, 1).value(),
                entry.has("ll128") ? entry.figure("ll128", 0, 1).value() : 0,
                entry.has("in_switch") ? entry.figure("in_switch", 0, 1).value() : 0);
        entry.rejectUnknownKeys();
        return efficiency;
    }

    /// What two libraries both reach on the same links.
    static LinkEfficiency slower(LinkEfficiency a, LinkEfficiency b) {
        return new LinkEfficiency(
                Math.min(a.ring, b.ring),
                Math.min(a.lowLatencyBytesPerSecond, b.lowLatencyBytesPerSecond),
                a.lowLatencyShare == 0 || b.lowLatencyShare == 0
                        ? Math.max(a.lowLatencyShare, b.lowLatencyShare)
                        : Math.min(a.lowLatencyShare, b.lowLatencyShare),
                Math.min(a.ll128Share, b.ll128Share),
                Math.min(a.inSwitchShare, b.inSwitchShare));
    }

    LinkEfficiency withoutInSwitchReduction() {
        return new LinkEfficiency(ring, lowLatencyBytesPerSecond, lowLatencyShare, ll128Share, 0);
    }
}
