// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// What the hosts of a machine room cost beside the stack's host time, where that is known.
///
/// @param blockingLaunchSeconds where launches block: time of each kernel in which the host is at work and the device
/// idles, because the host waits for every kernel before it issues the next one; 0 where it runs ahead
/// @param stepSeconds of each step
public record SiteHosts(double blockingLaunchSeconds, double stepSeconds) {
    /// Hosts that run ahead and cost nothing of their own.
    public static final SiteHosts NONE = new SiteHosts(0, 0);

    /// Reads what a site knows of its hosts; problems are the entry's.
    static SiteHosts read(Entry entry) {
        entry.allow("source", "date", "note");
        SiteHosts hosts = new SiteHosts(seconds(entry, "blocking_launch"), seconds(entry, "step"));
        entry.rejectUnknownKeys();
        return hosts;
    }

    private static double seconds(Entry entry, String key) {
        return entry.has(key) ? entry.figure(key, Unit.SECONDS).value() : 0;
    }
}
