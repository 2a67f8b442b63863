// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.topology.NetworkClass;
import java.util.OptionalDouble;

/// A machine room: what its network delivers of its line rate, where that is known.
///
/// @param name as in the catalog
/// @param ringEfficiency share of the interfaces' line rate that rings and trees reach; absent: as the class of network
/// @param messageEfficiency share that messages from one GPU to another reach; absent: as the class of network
public record Site(String name, OptionalDouble ringEfficiency, OptionalDouble messageEfficiency) {
    /// Reads a site; problems are the entry's.
    public static Site read(Entry entry) {
        entry.allow("schema", "title", "source", "date", "note");
        Site site = new Site(
                entry.text("name", "inline"), share(entry, "ring_efficiency"), share(entry, "message_efficiency"));
        entry.rejectUnknownKeys();
        return site;
    }

    /// What collectives get of a network here.
    ///
    /// @param inSwitchReduction whether the stack's library may reduce inside switches
    public NetworkTuning tuningOf(NetworkClass network, boolean inSwitchReduction) {
        return new NetworkTuning(
                ringEfficiency.orElse(network.ringEfficiency()),
                messageEfficiency.orElse(network.messageEfficiency()),
                inSwitchReduction);
    }

    private static OptionalDouble share(Entry entry, String key) {
        return entry.has(key) ? OptionalDouble.of(entry.figure(key, 0.001, 1).value()) : OptionalDouble.empty();
    }
}
