// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.NetworkSketch;
import dev.dryrun.hardware.topology.Vertex;
import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.network.Way;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which lines the way between two ranks takes: those of its links, and at its ends those that never bind and are no
/// links of the network.
final class WayMarks {
    private final List<NetworkSketch.Line> lines;
    private final Set<Integer> resources = new HashSet<>();
    private final Set<NetworkSketch.Line> onWay = new HashSet<>();
    private final int binding;

    WayMarks(Cluster cluster, @Nullable Way way, List<NetworkSketch.Line> lines) {
        this.lines = lines;
        if (way == null) {
            binding = -1;
            return;
        }
        way.steps().forEach(step -> resources.add(step.resource()));
        binding = way.bottleneck().map(Way.Step::resource).orElse(-1);
        Set<Vertex> touched = new HashSet<>();
        for (NetworkSketch.Line line : lines) {
            if (resources.contains(line.there()) || resources.contains(line.back())) {
                onWay.add(line);
                touched.add(line.a());
                touched.add(line.b());
            }
        }
        for (int rank : List.of(way.from(), way.to())) {
            reach(new Vertex(Kind.GPU, cluster.nodeOf(rank), cluster.localOf(rank)), touched);
        }
    }

    /// Marks the shortest way over lines that never bind from an end to what is marked.
    private void reach(Vertex end, Set<Vertex> touched) {
        Map<Vertex, NetworkSketch.Line> cameBy = new HashMap<>();
        Deque<Vertex> next = new ArrayDeque<>(List.of(end));
        Set<Vertex> seen = new HashSet<>(next);
        while (!next.isEmpty()) {
            Vertex here = next.remove();
            if (touched.contains(here)) {
                NetworkSketch.Line line = cameBy.get(here);
                while (line != null) {
                    onWay.add(line);
                    here = other(line, here);
                    line = cameBy.get(here);
                }
                return;
            }
            for (NetworkSketch.Line line : lines) {
                boolean free = line.there() < 0
                        && line.back() < 0
                        && (line.a().equals(here) || line.b().equals(here));
                if (free && seen.add(other(line, here))) {
                    cameBy.put(other(line, here), line);
                    next.add(other(line, here));
                }
            }
        }
    }

    private static Vertex other(NetworkSketch.Line line, Vertex vertex) {
        return line.a().equals(vertex) ? line.b() : line.a();
    }

    boolean isOnWay(NetworkSketch.Line line) {
        return onWay.contains(line);
    }

    boolean isBinding(NetworkSketch.Line line) {
        return binding >= 0 && (line.there() == binding || line.back() == binding);
    }
}
