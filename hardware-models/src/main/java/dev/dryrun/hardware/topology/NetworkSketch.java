// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The part of a network that a picture shows: some of its nodes whole, and the switches between all of them.
///
/// @param devices in the order of the graph
/// @param lines between them, both directions in one
public record NetworkSketch(Set<Vertex> devices, List<Line> lines) {
    /// A connection of two devices.
    ///
    /// @param there resource from the first to the second; -1 where it never binds
    /// @param back resource the other way
    /// @param bytesPerSecond raw, per direction; infinite where it never binds
    public record Line(Vertex a, Vertex b, int there, int back, double bytesPerSecond) {}

    public NetworkSketch {
        lines = List.copyOf(lines);
    }

    /// @param nodes that are shown
    public static NetworkSketch of(Network network, Set<Integer> nodes) {
        Set<Vertex> devices = new LinkedHashSet<>();
        Map<Set<Vertex>, Line> lines = new LinkedHashMap<>();
        var graph = network.asGraph();
        for (Vertex vertex : graph.vertexSet()) {
            if (isShown(vertex, nodes)) {
                devices.add(vertex);
            }
        }
        for (Link link : graph.edgeSet()) {
            if (isShown(link.from(), nodes) && isShown(link.to(), nodes)) {
                lines.merge(Set.of(link.from(), link.to()), line(link), (known, more) -> joined(known, link));
            }
        }
        return new NetworkSketch(devices, new ArrayList<>(lines.values()));
    }

    private static boolean isShown(Vertex vertex, Set<Integer> nodes) {
        return vertex.node() < 0 || nodes.contains(vertex.node());
    }

    private static Line line(Link link) {
        return new Line(link.from(), link.to(), link.resource(), -1, link.capacityBytesPerSecond());
    }

    /// The other direction of a line, or a link beside it.
    private static Line joined(Line known, Link link) {
        return known.a().equals(link.from())
                ? new Line(
                        known.a(),
                        known.b(),
                        known.there(),
                        known.back(),
                        known.bytesPerSecond() + link.capacityBytesPerSecond())
                : new Line(
                        known.a(),
                        known.b(),
                        known.there(),
                        known.back() < 0 ? link.resource() : known.back(),
                        known.bytesPerSecond());
    }
}
