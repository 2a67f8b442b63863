// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// The switches between nodes.
///
/// A leaf of p ports with oversubscription f has `p f / (1 + f)` ports down and `p / (1 + f)` up (folded Clos, by
/// definition). The tier above the leaves never binds by itself.
///
/// @param leafPorts ports of a leaf switch, each as fast as an interface
/// @param oversubscription bandwidth down over bandwidth up of a leaf; 1 means that nothing is lost
/// @param switchLatencySeconds through one switch
/// @param nicLatencySeconds through one interface
public record Fabric(
        String name,
        FabricKind kind,
        int leafPorts,
        double oversubscription,
        double switchLatencySeconds,
        double nicLatencySeconds,
        NetworkClass network) {
    private static final double MOST_OVERSUBSCRIBED = 1000;

    public Fabric {
        if (leafPorts < 2) {
            throw new IllegalArgumentException("leafPorts is " + leafPorts + "; it must be at least 2");
        }
        if (!(oversubscription >= 1) || oversubscription > MOST_OVERSUBSCRIBED) {
            throw new IllegalArgumentException(
                    "oversubscription is " + oversubscription + "; it must be between 1 and 1000");
        }
        if (!(switchLatencySeconds >= 0) || !(nicLatencySeconds >= 0)) {
            throw new IllegalArgumentException(
                    "latencies are %s s (switch) and %s s (interface); they must not be negative"
                            .formatted(switchLatencySeconds, nicLatencySeconds));
        }
    }

    /// Reads a fabric as the catalog, or a scenario laid over it, writes it.
    public static Fabric read(String name, Entry entry) {
        entry.allow("title", "type", "source", "date", "note", "extends", "name");
        Fabric fabric = new Fabric(
                name,
                entry.choice("kind", FabricKind.class),
                (int) entry.integer("leaf_ports", 2, 4096),
                entry.number("oversubscription", 1, MOST_OVERSUBSCRIBED, 1),
                entry.figure("switch_latency", Unit.SECONDS).value(),
                entry.figure("nic_latency", Unit.SECONDS).value(),
                NetworkClass.read(entry.child("network")));
        entry.rejectUnknownKeys();
        return fabric;
    }

    /// Nodes that share a leaf (fat tree) or a set of leaves, one for each rail (rail-optimised).
    public int nodesPerLeaf(NodeType node) {
        int down = (int) Math.floor(leafPorts * oversubscription / (1 + oversubscription) + 1e-9);
        return switch (kind) {
            case SINGLE_NODE -> 1;
            case FAT_TREE -> Math.max(1, down / Math.max(1, node.nics()));
            case RAIL_OPTIMISED -> Math.max(1, down);
        };
    }

    /// Interfaces below one leaf.
    public int nicsPerLeaf(NodeType node) {
        return switch (kind) {
            case SINGLE_NODE -> 0;
            case FAT_TREE -> nodesPerLeaf(node) * node.nics();
            case RAIL_OPTIMISED -> nodesPerLeaf(node);
        };
    }

    public Fabric withOversubscription(double value) {
        return new Fabric(name, kind, leafPorts, value, switchLatencySeconds, nicLatencySeconds, network);
    }
}
