// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Vertex.Kind;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedWeightedMultigraph;

/// Builds the graph of a cluster. Shortest paths by its weights are the routes that a library takes: inside a node
/// over the links between GPUs, between nodes through a GPU's own interfaces, on one leaf where there is one.
///
/// The spine is one vertex, and the links of a leaf to it one edge each way, as in [Network].
final class ClusterGraph {
    private static final double BETWEEN_GPUS = 1;
    /// Leaving a node is never a short cut between its GPUs: two GPUs that share an interface still use their links.
    private static final double GPU_TO_NIC = 3;

    private static final double NIC_TO_LEAF = 1;
    /// Crossing the spine is preferred to a detour over another GPU's interface.
    private static final double LEAF_TO_SPINE = 0.25;

    private ClusterGraph() {}

    static Graph<Vertex, Link> of(Network network) {
        Graph<Vertex, Link> graph = new DirectedWeightedMultigraph<>(Link.class);
        Cluster cluster = network.cluster();
        for (int node = 0; node < cluster.nodes(); node++) {
            addDomain(graph, network, node);
            if (cluster.nodes() > 1) {
                addNics(graph, network, node);
            }
        }
        return graph;
    }

    private static void addDomain(Graph<Vertex, Link> graph, Network network, int node) {
        NodeType type = network.cluster().node();
        int first = node * type.gpus();
        for (int a = 0; a < type.gpus(); a++) {
            graph.addVertex(new Vertex(Kind.GPU, node, a));
        }
        if (type.gpus() == 1) {
            return;
        }
        switch (type.wiring()) {
            case SWITCHED -> {
                var gpuSwitch = new Vertex(Kind.GPU_SWITCH, node, 0);
                graph.addVertex(gpuSwitch);
                for (int a = 0; a < type.gpus(); a++) {
                    var gpu = new Vertex(Kind.GPU, node, a);
                    addBoth(graph, network, gpu, gpuSwitch, network.gpuOut(first + a), BETWEEN_GPUS);
                }
            }
            case MESH -> {
                for (int a = 0; a < type.gpus(); a++) {
                    for (int b = 0; b < type.gpus(); b++) {
                        if (a != b) {
                            var from = new Vertex(Kind.GPU, node, a);
                            var to = new Vertex(Kind.GPU, node, b);
                            int link = network.meshLink(first + a, first + b);
                            add(graph, new Link(from, to, link, network.capacityBytesPerSecond()[link]), BETWEEN_GPUS);
                        }
                    }
                }
            }
            case HYBRID_CUBE_MESH, TWO_ISLANDS, DIE_PAIRS, TORUS_2D, TORUS_3D, PCIE_TREE ->
                throw Network.notSimulated(type);
        }
    }

    private static void addNics(Graph<Vertex, Link> graph, Network network, int node) {
        NodeType type = network.cluster().node();
        for (int nic = 0; nic < type.nics(); nic++) {
            var vertex = new Vertex(Kind.NIC, node, nic);
            int leafIndex = network.leafOf(node, nic);
            var leaf = new Vertex(Kind.LEAF, -1, leafIndex);
            graph.addVertex(vertex);
            if (graph.addVertex(leaf) && network.hasLeafLinks()) {
                var spine = new Vertex(Kind.SPINE, -1, 0);
                graph.addVertex(spine);
                addBoth(graph, network, leaf, spine, network.leafUp(leafIndex), LEAF_TO_SPINE);
            }
            addBoth(graph, network, vertex, leaf, network.nicOut(node, nic), NIC_TO_LEAF);
        }
        for (int a = 0; a < type.gpus(); a++) {
            int gpu = node * type.gpus() + a;
            var vertex = new Vertex(Kind.GPU, node, a);
            for (int k = 0; k < type.nicsPerGpu(); k++) {
                var nic = new Vertex(Kind.NIC, node, type.firstNicOf(a) + k);
                int out = network.hasPcieLinks() ? network.pcieOut(gpu) : -1;
                int in = network.hasPcieLinks() ? out + 1 : -1;
                add(graph, new Link(vertex, nic, out, type.pcieBytesPerSecond()), GPU_TO_NIC);
                add(graph, new Link(nic, vertex, in, type.pcieBytesPerSecond()), GPU_TO_NIC);
            }
        }
    }

    /// Adds a link whose way back is the next resource.
    private static void addBoth(
            Graph<Vertex, Link> graph, Network network, Vertex from, Vertex to, int resource, double weight) {
        double[] capacity = network.capacityBytesPerSecond();
        add(graph, new Link(from, to, resource, capacity[resource]), weight);
        add(graph, new Link(to, from, resource + 1, capacity[resource + 1]), weight);
    }

    private static void add(Graph<Vertex, Link> graph, Link link, double weight) {
        graph.addEdge(link.from(), link.to(), link);
        graph.setEdgeWeight(link, weight);
    }
}
