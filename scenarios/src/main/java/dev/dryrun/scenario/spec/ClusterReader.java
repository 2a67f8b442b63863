// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Degraded;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.NodeType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the block `cluster`: a type of node, how many of them, the fabric between them, and what is slow or down.
final class ClusterReader {
    private static final int MOST_NODES = 1 << 17;
    private static final int MOST_GPUS = 1 << 18;

    private final Blocks blocks;
    private final Entry entry;
    private final List<String> assumed;

    /// @param assumed takes up what the block leaves open and is filled in
    ClusterReader(Blocks blocks, Entry entry, List<String> assumed) {
        this.blocks = blocks;
        this.entry = entry;
        this.assumed = assumed;
    }

    /// The cluster; null where something is wrong with it, which was told.
    @Nullable
    Cluster cluster() {
        if (!entry.has("node")) {
            entry.problem("node", "missing", "a name of the catalog or a block is needed", "");
        }
        NodeType node = blocks.read(entry, "node", "nodes", "extends", NodeType::read);
        int nodes = (int) entry.integer("nodes", 1, MOST_NODES);
        String fabricName = nodes == 1 ? "single-node" : "fat-tree";
        Fabric fabric;
        if (entry.has("fabric")) {
            fabric = blocks.read(entry, "fabric", "fabrics", "type", Fabric::read);
        } else {
            fabric = blocks.named(entry, "fabric", "fabrics", fabricName, Fabric::read);
            if (nodes > 1) {
                assumed.add("cluster.fabric: " + fabricName + ", which nothing in the file says");
            }
        }
        List<Degraded> degraded = new ArrayList<>();
        List<Entry> rows = new ArrayList<>();
        for (Entry row : entry.children("degraded")) {
            Degraded part = Degraded.read(row);
            if (part != null) {
                degraded.add(part);
                rows.add(row);
            }
        }
        entry.rejectUnknownKeys();
        if (node == null || fabric == null || !entry.isSound("nodes")) {
            return null;
        }
        if ((long) nodes * node.gpus() > MOST_GPUS) {
            entry.problem(
                    "nodes",
                    entry.shown("nodes"),
                    "makes more than " + MOST_GPUS + " GPUs, beyond what is simulated",
                    "");
            return null;
        }
        try {
            Cluster cluster = new Cluster(node, nodes, fabric);
            return fits(cluster, fabric) && holdsTogether(cluster, degraded, rows)
                    ? cluster.withDegraded(degraded)
                    : null;
        } catch (IllegalArgumentException e) {
            entry.problem(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// Whether links that are listed one by one are those of the cluster; else tells all that is wrong with them.
    private boolean fits(Cluster cluster, Fabric fabric) {
        if (!(fabric.shape() instanceof FabricShape.Written written)) {
            return true;
        }
        List<FabricShape.Written.Fault> faults = written.faults(cluster);
        if (faults.isEmpty()) {
            cluster.network();
            return true;
        }
        List<Entry> lines = entry.hasMapping("fabric") ? entry.child("fabric").children("links") : List.of();
        for (FabricShape.Written.Fault fault : faults) {
            boolean placed = fault.line() >= 0 && fault.line() < lines.size();
            (placed ? lines.get(fault.line()) : entry).problem(fault.sentence());
        }
        return false;
    }

    /// Whether nothing is cut off by what is degraded, all of which is there; else tells each part that is not, or that
    /// together they leave no way.
    private boolean holdsTogether(Cluster cluster, List<Degraded> degraded, List<Entry> rows) {
        String together = degraded.isEmpty() ? null : refusal(cluster, degraded);
        if (together == null) {
            return true;
        }
        boolean told = false;
        for (int i = 0; i < rows.size(); i++) {
            String alone = refusal(cluster, List.of(degraded.get(i)));
            if (alone != null) {
                rows.get(i).problem(alone);
                told = true;
            }
        }
        if (!told) {
            entry.problem(together);
        }
        return false;
    }

    private static @Nullable String refusal(Cluster cluster, List<Degraded> degraded) {
        try {
            cluster.withDegraded(degraded).network();
            return null;
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// The library that does the collectives of the cluster's nodes; null where there is no cluster or library.
    @Nullable
    CollectiveLibrary library(@Nullable Cluster cluster) {
        if (cluster == null) {
            return null;
        }
        String name = cluster.node().library();
        if (name.isEmpty()) {
            entry.problem("node", entry.shown("node"), "it names no library of collectives", "library: nccl");
            return null;
        }
        return blocks.named(entry, "node", "libraries", name, CollectiveLibrary::read);
    }
}
