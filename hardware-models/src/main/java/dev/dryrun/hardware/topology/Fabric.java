// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import org.jspecify.annotations.Nullable;

/// The switches between nodes.
///
/// @param shape how they are arranged
/// @param switchLatencySeconds through one switch
/// @param nicLatencySeconds through one interface
/// @param network what it costs a collective library
/// @param inNetworkReduction what switches that add up cost; null where they do not
public record Fabric(
        String name,
        FabricShape shape,
        double switchLatencySeconds,
        double nicLatencySeconds,
        NetworkClass network,
        @Nullable InNetworkReduction inNetworkReduction) {
    public Fabric {
        if (!(switchLatencySeconds >= 0) || !(nicLatencySeconds >= 0)) {
            throw new IllegalArgumentException(
                    "latencies are %s s (switch) and %s s (interface); they must not be negative"
                            .formatted(switchLatencySeconds, nicLatencySeconds));
        }
    }

    /// Switches that only pass on.
    public Fabric(
            String name,
            FabricShape shape,
            double switchLatencySeconds,
            double nicLatencySeconds,
            NetworkClass network) {
        this(name, shape, switchLatencySeconds, nicLatencySeconds, network, null);
    }

    /// Reads a fabric as the catalog, or a scenario laid over it, writes it.
    public static Fabric read(String name, Entry entry) {
        entry.allow("title", "type", "source", "date", "note", "extends", "name");
        Fabric fabric = new Fabric(
                name,
                entry.choice("kind", FabricKind.class).read(entry),
                entry.figure("switch_latency", Unit.SECONDS).value(),
                entry.figure("nic_latency", Unit.SECONDS).value(),
                NetworkClass.read(entry.child("network")),
                entry.has("in_network_reduction")
                        ? InNetworkReduction.read(entry.optionalChild("in_network_reduction"))
                        : null);
        entry.rejectUnknownKeys();
        return fabric;
    }

    /// The same switches arranged in another way.
    public Fabric withShape(FabricShape other) {
        return new Fabric(name, other, switchLatencySeconds, nicLatencySeconds, network, inNetworkReduction);
    }

    /// The same switches that cost a library something else.
    public Fabric withNetwork(NetworkClass other) {
        return new Fabric(name, shape, switchLatencySeconds, nicLatencySeconds, other, inNetworkReduction);
    }
}
