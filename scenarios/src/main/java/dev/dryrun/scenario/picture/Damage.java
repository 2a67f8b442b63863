// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Degraded;
import dev.dryrun.hardware.topology.NetworkSketch;
import dev.dryrun.hardware.topology.NodeLink;
import dev.dryrun.hardware.topology.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a network is slow or down, by comparison with the same network of which all is well.
final class Damage {
    private static final double SAME = 1 - 1e-9;

    private final Map<Set<Vertex>, Double> wellRates = new HashMap<>();
    private final List<NetworkSketch.Line> down = new ArrayList<>();
    private final Set<Vertex> named = new LinkedHashSet<>();

    /// @param sketch of the network as it is
    /// @param nodes that it shows
    Damage(Cluster cluster, NetworkSketch sketch, Set<Integer> nodes) {
        if (cluster.degraded().isEmpty()) {
            return;
        }
        Set<Set<Vertex>> left = new HashSet<>();
        sketch.lines().forEach(line -> left.add(Set.of(line.a(), line.b())));
        var well = cluster.withDegraded(List.of()).network();
        for (NetworkSketch.Line line : NetworkSketch.of(well, nodes).lines()) {
            wellRates.put(Set.of(line.a(), line.b()), line.bytesPerSecond());
            if (!left.contains(Set.of(line.a(), line.b()))) {
                down.add(new NetworkSketch.Line(line.a(), line.b(), -1, -1, 0));
            }
        }
        for (Degraded degraded : cluster.degraded()) {
            switch (degraded.part()) {
                case Degraded.Part.Interface nic -> named.add(new Vertex(Vertex.Kind.NIC, nic.node(), nic.nic()));
                case Degraded.Part.Inside inside -> {
                    name(inside.node(), inside.a());
                    name(inside.node(), inside.b());
                }
                case Degraded.Part.Between between -> {
                    named.add(between.a());
                    if (between.b() != null) {
                        named.add(between.b());
                    }
                }
            }
        }
    }

    private void name(int node, NodeLink.@Nullable End end) {
        if (end != null) {
            named.add(new Vertex(end.kind(), node, end.index()));
        }
    }

    /// Nodes with something slow or down inside, in the order in which they are named.
    static List<Integer> nodes(Cluster cluster) {
        Set<Integer> nodes = new LinkedHashSet<>();
        for (Degraded degraded : cluster.degraded()) {
            switch (degraded.part()) {
                case Degraded.Part.Interface nic -> nodes.add(nic.node());
                case Degraded.Part.Inside inside -> nodes.add(inside.node());
                case Degraded.Part.Between between -> {
                    // stands outside of all nodes
                }
            }
        }
        return List.copyOf(nodes);
    }

    /// Lines that are gone, with a rate of zero.
    List<NetworkSketch.Line> down() {
        return down;
    }

    /// Whether the list of what is slow or down names it.
    boolean names(Vertex vertex) {
        return named.contains(vertex);
    }

    /// What is left of a line: 1 where all is well, 0 where it is down.
    double left(NetworkSketch.Line line) {
        double well = wellRates.getOrDefault(Set.of(line.a(), line.b()), line.bytesPerSecond());
        return line.bytesPerSecond() >= well * SAME ? 1 : line.bytesPerSecond() / well;
    }
}
