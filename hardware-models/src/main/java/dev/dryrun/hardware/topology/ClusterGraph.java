// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Vertex.Kind;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedWeightedMultigraph;

/// Builds the graph of a cluster, without what is down. Shortest paths by its weights are the routes that a library
/// takes: inside a node over the links between GPUs, between nodes through a GPU's own interfaces and over the fabric.
final class ClusterGraph {
    private ClusterGraph() {}

    static Graph<Vertex, Link> of(Network network) {
        Graph<Vertex, Link> graph = new DirectedWeightedMultigraph<>(Link.class);
        Cluster cluster = network.cluster();
        for (int node = 0; node < cluster.nodes(); node++) {
            addInside(graph, network, node);
        }
        if (cluster.nodes() > 1) {
            addFabric(graph, network);
        }
        return graph;
    }

    private static void addInside(Graph<Vertex, Link> graph, Network network, int node) {
        NodeGraph inside = network.inside(node);
        boolean alone = network.cluster().nodes() == 1;
        for (NodeGraph.Device device : inside.devices()) {
            graph.addVertex(new Vertex(device.kind(), node, device.index()));
        }
        for (int wire = 0; wire < inside.wires().size(); wire++) {
            if (inside.isDown(wire)) {
                continue;
            }
            NodeGraph.Wire link = inside.wires().get(wire);
            NodeGraph.Device from = inside.devices().get(link.from());
            NodeGraph.Device to = inside.devices().get(link.to());
            int offset = inside.offsetOf(wire);
            add(
                    graph,
                    new Link(
                            new Vertex(from.kind(), node, from.index()),
                            new Vertex(to.kind(), node, to.index()),
                            offset < 0 ? -1 : network.firstWireOf(node) + offset,
                            link.bytesPerSecond()),
                    link.weight());
        }
        if (alone) {
            inside.devices().stream()
                    .filter(device -> device.kind() == Kind.NIC)
                    .forEach(device -> graph.removeVertex(new Vertex(Kind.NIC, node, device.index())));
        }
    }

    /// The cable of an interface is the interface itself, out or in.
    private static void addFabric(Graph<Vertex, Link> graph, Network network) {
        double[] capacity = network.capacityBytesPerSecond();
        for (FabricLinks.Edge edge : network.fabric().edges()) {
            Vertex from = edge.from();
            Vertex to = edge.to();
            int resource = edge.link() >= 0
                    ? network.firstLink() + edge.link()
                    : from.kind() == Kind.NIC
                            ? network.nicOut(from.node(), from.index())
                            : network.nicOut(to.node(), to.index()) + 1;
            graph.addVertex(from);
            graph.addVertex(to);
            if (capacity[resource] == 0) {
                continue;
            }
            add(graph, new Link(from, to, resource, capacity[resource]), edge.weight());
        }
    }

    private static void add(Graph<Vertex, Link> graph, Link link, double weight) {
        graph.addEdge(link.from(), link.to(), link);
        graph.setEdgeWeight(link, weight);
    }
}
