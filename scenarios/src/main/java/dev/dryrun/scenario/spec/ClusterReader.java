// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.PowerCap;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.ClusterPart;
import dev.dryrun.hardware.topology.Degraded;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.NodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Reads the block `cluster`: a type of node and how many of them, or parts with a type each; the fabric between them,
/// and what is slow or down.
final class ClusterReader {
    private static final int MOST_NODES = 1 << 17;
    private static final int MOST_GPUS = 1 << 18;

    private final Blocks blocks;
    private final Entry entry;
    private final List<String> assumed;
    /// The blocks that have a `node` each: those of the parts, or this one.
    private final List<Entry> parts = new ArrayList<>();

    /// @param assumed takes up what the block leaves open and is filled in
    ClusterReader(Blocks blocks, Entry entry, List<String> assumed) {
        this.blocks = blocks;
        this.entry = entry;
        this.assumed = assumed;
    }

    /// The cluster; null where something is wrong with it, which was told.
    @Nullable
    Cluster cluster() {
        parts.addAll(entry.children("parts"));
        if (parts.isEmpty()) {
            parts.add(entry);
        } else {
            rejectBesideParts();
        }
        List<@Nullable ClusterPart> read = parts.stream().map(this::part).toList();
        int nodes = parts.size() > 1 || read.getFirst() == null
                ? Integer.MAX_VALUE
                : read.getFirst().nodes();
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
        List<ClusterPart> sound = read.stream().filter(Objects::nonNull).toList();
        if (sound.size() < read.size() || fabric == null || isTooLarge(sound)) {
            return null;
        }
        try {
            Cluster cluster = new Cluster(sound, fabric, List.of());
            return fits(cluster, fabric) && holdsTogether(cluster, degraded, rows)
                    ? cluster.withDegraded(degraded)
                    : null;
        } catch (IllegalArgumentException e) {
            entry.problem(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// What says how many of which nodes there are stands in the parts, where there are any.
    private void rejectBesideParts() {
        for (String key : List.of("node", "nodes", "degraded")) {
            if (entry.has(key)) {
                entry.problem(key, "with parts", "cannot be with cluster.parts", "one or the other");
            }
        }
        if (parts.size() > Cluster.MOST_PARTS) {
            entry.problem("parts", parts.size() + " parts", "can be at most " + Cluster.MOST_PARTS, "");
        }
    }

    /// The nodes of a block; null where something is wrong with them.
    private @Nullable ClusterPart part(Entry at) {
        if (!at.has("node")) {
            at.problem("node", "missing", "a name of the catalog or a block is needed", "");
        }
        NodeType node = blocks.read(at, "node", "nodes", "extends", NodeType::read);
        int nodes = (int) at.integer("nodes", 1, MOST_NODES);
        at.allow("power_cap");
        if (at != entry) {
            at.rejectUnknownKeys();
        }
        return node == null || !at.isSound("nodes") ? null : new ClusterPart(node, nodes);
    }

    private boolean isTooLarge(List<ClusterPart> all) {
        long gpus = 0;
        for (ClusterPart part : all) {
            gpus += (long) part.nodes() * part.node().gpus();
        }
        if (gpus <= MOST_GPUS) {
            return false;
        }
        Entry last = parts.getLast();
        last.problem(
                "nodes", last.shown("nodes"), "makes more than " + MOST_GPUS + " GPUs, beyond what is simulated", "");
        return true;
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

    /// The accelerators of the parts; null where there is no cluster or one of them is missing.
    @Nullable
    List<Accelerator> accelerators(@Nullable Cluster cluster) {
        return ofParts(cluster, (at, node) -> {
            Accelerator read = blocks.named(
                    at, "node", "accelerators", node.accelerator(), (name, sheet) -> Accelerator.read(sheet));
            return read == null || !at.has("power_cap") ? read : capped(at, read);
        });
    }

    private static @Nullable Accelerator capped(Entry at, Accelerator accelerator) {
        var cap = new PowerCap(at.quantity("power_cap", Unit.WATTS));
        if (!at.isSound("power_cap")) {
            return null;
        }
        String fault = cap.fault(accelerator);
        if (!fault.isEmpty()) {
            at.problem("power_cap", at.shown("power_cap"), "must " + fault, "");
            return null;
        }
        return cap.on(accelerator);
    }

    /// The libraries that do the collectives of the parts; null where there is no cluster or one of them is missing.
    @Nullable
    List<CollectiveLibrary> libraries(@Nullable Cluster cluster) {
        return ofParts(cluster, (at, node) -> {
            if (node.library().isEmpty()) {
                at.problem("node", at.shown("node"), "it names no library of collectives", "library: nccl");
                return null;
            }
            return blocks.named(at, "node", "libraries", node.library(), CollectiveLibrary::read);
        });
    }

    private <T> @Nullable List<T> ofParts(@Nullable Cluster cluster, BiFunction<Entry, NodeType, @Nullable T> reader) {
        if (cluster == null) {
            return null;
        }
        List<T> read = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            T one = reader.apply(parts.get(part), cluster.parts().get(part).node());
            if (one != null) {
                read.add(one);
            }
        }
        return read.size() == parts.size() ? read : null;
    }
}
