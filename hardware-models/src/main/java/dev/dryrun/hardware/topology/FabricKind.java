// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.topology.FabricShape.Clos;
import java.util.List;

/// By what word files call a shape of fabric, and how they describe it.
public enum FabricKind {
    /// No network: a node alone.
    SINGLE_NODE {
        @Override
        FabricShape read(Entry entry) {
            entry.allow("leaf_ports", "oversubscription");
            return new FabricShape.Alone();
        }
    },
    /// Leaf and spine, or more tiers: all interfaces of a node on one leaf.
    FAT_TREE {
        @Override
        FabricShape read(Entry entry) {
            return clos(entry, false);
        }
    },
    /// Leaf and spine, or more tiers: interface k of every node of a unit on leaf k of that unit.
    RAIL_OPTIMISED {
        @Override
        FabricShape read(Entry entry) {
            return clos(entry, true);
        }
    },
    /// Groups of switches, all joined within a group, and groups all joined to each other.
    DRAGONFLY {
        @Override
        FabricShape read(Entry entry) {
            entry.allow("leaf_ports", "oversubscription");
            return new FabricShape.Dragonfly(
                    (int) entry.integer("nics_per_switch", 1, MOST),
                    (int) entry.integer("switches_per_group", 1, MOST),
                    (int) entry.integer("groups", 1, MOST),
                    entry.number("global_ports", 0.01, MOST),
                    entry.choice("routing", Routing.class, Routing.BALANCED));
        }
    },
    /// Links listed one by one.
    WRITTEN {
        @Override
        FabricShape read(Entry entry) {
            entry.allow("leaf_ports", "oversubscription");
            return new FabricShape.Written(
                    FabricLink.readAll(entry),
                    entry.choice("routing", Routing.class, Routing.BALANCED),
                    entry.integer("seed", 0, Long.MAX_VALUE, 1));
        }
    },
    /// Two fabrics of one shape joined by a line.
    TWO_SITES {
        @Override
        FabricShape read(Entry entry) {
            entry.allow("leaf_ports", "oversubscription");
            Entry site = entry.child("site");
            FabricKind kind = site.choice("kind", FabricKind.class);
            if (kind == SINGLE_NODE || kind == TWO_SITES || kind == WRITTEN) {
                site.problem("kind", site.shown("kind"), "must be a fabric of many nodes", "fat-tree");
                kind = FAT_TREE;
            }
            FabricShape shape = kind.read(site);
            site.rejectUnknownKeys();
            return new FabricShape.TwoSites(
                    shape,
                    (int) entry.integer("nodes_per_site", 1, 1 << 24),
                    entry.figure("line_bandwidth", Unit.BYTES_PER_SECOND).value(),
                    entry.figure("line_latency", Unit.SECONDS).value());
        }
    };

    private static final int MOST = 4096;
    private static final double MOST_OVERSUBSCRIBED = 1000;

    /// Reads the shape; problems are the entry's.
    abstract FabricShape read(Entry entry);

    private static Clos clos(Entry entry, boolean rails) {
        List<Clos.Tier> tiers = entry.children("tiers").stream()
                .map(tier -> {
                    var read = new Clos.Tier(
                            (int) tier.integer("width", 1, MOST),
                            tier.number("oversubscription", 1, MOST_OVERSUBSCRIBED, 1));
                    tier.rejectUnknownKeys();
                    return read;
                })
                .toList();
        return new Clos(
                rails,
                (int) entry.integer("leaf_ports", 2, MOST),
                entry.number("oversubscription", 1, MOST_OVERSUBSCRIBED, 1),
                (int) entry.integer("planes", 1, MOST, 1),
                tiers,
                entry.choice("routing", Routing.class, Routing.BALANCED),
                entry.integer("seed", 0, Long.MAX_VALUE, 1));
    }
}
