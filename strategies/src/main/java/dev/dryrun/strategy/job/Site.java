// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.collective.NetworkTuning;
import java.util.OptionalDouble;

/// A machine room: what its network delivers of its line rate, where that is known.
///
/// @param name as in the catalog
/// @param network shares of the interfaces' line rate; what is absent is as for the class of network
public record Site(String name, NetworkTuning network) {
    /// Reads a site; problems are the entry's. `network_efficiency` stands for whichever of the two shares is not
    /// given.
    public static Site read(Entry entry) {
        entry.allow("schema", "title", "source", "date", "note", "extends");
        Site site = new Site(
                entry.text("name", "inline"),
                new NetworkTuning(share(entry, "ring_efficiency"), share(entry, "message_efficiency")));
        entry.rejectUnknownKeys();
        return site;
    }

    private static OptionalDouble share(Entry entry, String key) {
        String given = entry.has(key) ? key : "network_efficiency";
        return entry.has(given)
                ? OptionalDouble.of(entry.figure(given, 0.001, 1).value())
                : OptionalDouble.empty();
    }
}
