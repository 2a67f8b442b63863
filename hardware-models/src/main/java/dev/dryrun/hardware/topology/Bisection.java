// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/// What the first half of the GPUs of a cluster can send to the second at once, by maximum flow over all links.
///
/// Halves are by number: the first nodes and the last, or within a node alone the first GPUs and the last. Where a
/// fabric is even, that is the bisection bandwidth in one direction.
public final class Bisection {
    private static final int SHARED_IN = -2;
    private static final int SHARED_OUT = -3;

    private Bisection() {}

    /// Bytes a second from the first half to the second; 0 for a GPU alone.
    public static double bytesPerSecond(Network network) {
        int gpus = network.cluster().gpus();
        if (gpus < 2) {
            return 0;
        }
        Graph<Vertex, DefaultWeightedEdge> graph = new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        Set<Link> links = network.asGraph().edgeSet();
        double widest = 0;
        for (Link link : links) {
            widest += Double.isInfinite(link.capacityBytesPerSecond()) ? 0 : link.capacityBytesPerSecond();
        }
        Map<Integer, Integer> edgesOf = new HashMap<>();
        links.forEach(link -> edgesOf.merge(link.resource(), 1, Integer::sum));
        for (Link link : links) {
            double capacity = Math.min(link.capacityBytesPerSecond(), widest);
            if (link.resource() < 0 || Objects.requireNonNull(edgesOf.get(link.resource())) == 1) {
                add(graph, link.from(), link.to(), capacity);
            } else {
                addShared(graph, link, capacity, widest);
            }
        }
        var source = new Vertex(Vertex.Kind.GPU, -1, 0);
        var sink = new Vertex(Vertex.Kind.GPU, -1, 1);
        int half = network.cluster().nodes() == 1
                ? gpus / 2
                : network.cluster().firstGpuOf(network.cluster().nodes() / 2);
        for (int gpu = 0; gpu < gpus; gpu++) {
            var vertex = new Vertex(
                    Vertex.Kind.GPU,
                    network.cluster().nodeOf(gpu),
                    network.cluster().localOf(gpu));
            if (gpu < half) {
                add(graph, source, vertex, widest);
            } else if (gpu >= gpus - half) {
                add(graph, vertex, sink, widest);
            }
        }
        return new PushRelabelMFImpl<>(graph).getMaximumFlowValue(source, sink);
    }

    /// Edges that share a resource, as all ways from one site's top to the other's share a line, have it once.
    private static void addShared(Graph<Vertex, DefaultWeightedEdge> graph, Link link, double capacity, double widest) {
        var into = new Vertex(Vertex.Kind.SPINE, SHARED_IN, link.resource());
        var out = new Vertex(Vertex.Kind.SPINE, SHARED_OUT, link.resource());
        add(graph, link.from(), into, widest);
        if (graph.addVertex(out)) {
            add(graph, into, out, capacity);
        }
        add(graph, out, link.to(), widest);
    }

    /// Parallel links are one.
    private static void add(Graph<Vertex, DefaultWeightedEdge> graph, Vertex from, Vertex to, double bytesPerSecond) {
        graph.addVertex(from);
        graph.addVertex(to);
        DefaultWeightedEdge edge = graph.getEdge(from, to);
        if (edge == null) {
            graph.setEdgeWeight(graph.addEdge(from, to), bytesPerSecond);
        } else {
            graph.setEdgeWeight(edge, graph.getEdgeWeight(edge) + bytesPerSecond);
        }
    }
}
