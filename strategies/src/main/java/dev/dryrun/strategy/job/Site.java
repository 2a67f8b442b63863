// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.collective.LibraryTuning;
import dev.dryrun.hardware.collective.NetworkTuning;
import java.util.OptionalDouble;

/// A machine room: what its network, its library of collectives and its hosts really cost and deliver, where that is
/// known.
///
/// @param name as in the catalog
/// @param network latencies, and shares of the interfaces' line rate; what is absent is as for the class of network
/// @param library constants of the library of collectives; what is absent is as in the catalog
/// @param hosts what they cost beside the stack's host time
public record Site(String name, NetworkTuning network, LibraryTuning library, SiteHosts hosts) {
    /// The key that stands for whichever of the two shares is not given.
    public static final String BOTH_SHARES = "network_efficiency";

    /// A site of whose library and hosts nothing is known.
    public Site(String name, NetworkTuning network) {
        this(name, network, LibraryTuning.NONE, SiteHosts.NONE);
    }

    /// The same machine room with hosts that cost nothing of their own.
    public Site withoutHosts() {
        return new Site(name, network, library, SiteHosts.NONE);
    }

    /// Reads a site; problems are the entry's.
    public static Site read(Entry entry) {
        entry.allow("schema", "title", "source", "date", "note", "extends");
        OptionalDouble message = quantity(entry, "message_latency", Unit.SECONDS);
        OptionalDouble bulk = quantity(entry, "bulk_latency", Unit.SECONDS);
        if (message.isPresent() && bulk.isPresent() && bulk.getAsDouble() < message.getAsDouble()) {
            entry.problem("bulk_latency", entry.shown("bulk_latency"), "must be at least the message latency", "");
        }
        OptionalDouble rankRate = quantity(entry, "rank_rate", Unit.BYTES_PER_SECOND);
        var network = new NetworkTuning(
                share(entry, "ring_efficiency"), share(entry, "message_efficiency"), message, bulk, rankRate);
        LibraryTuning library =
                entry.has("library") ? LibraryTuning.read(entry.optionalChild("library")) : LibraryTuning.NONE;
        SiteHosts hosts = entry.has("hosts") ? SiteHosts.read(entry.optionalChild("hosts")) : SiteHosts.NONE;
        Site site = new Site(entry.text("name", "inline"), network, library, hosts);
        entry.rejectUnknownKeys();
        return site;
    }

    private static OptionalDouble quantity(Entry entry, String key, Unit unit) {
        return entry.has(key) ? OptionalDouble.of(entry.figure(key, unit).value()) : OptionalDouble.empty();
    }

    private static OptionalDouble share(Entry entry, String key) {
        String given = entry.has(key) ? key : BOTH_SHARES;
        return entry.has(given)
                ? OptionalDouble.of(entry.figure(given, 0.001, 1).value())
                : OptionalDouble.empty();
    }
}
