// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Vertex.Kind;

/// PCIe between a GPU and its own interfaces where they share a switch and nobody else does, so that all of a GPU's
/// lanes are one link each way. It is no resource where it is as wide as the interfaces.
final class PrivateLanes {
    static final double BETWEEN_GPUS = 1;

    /// Leaving a node is never a short cut between its GPUs: two GPUs that share an interface still use their links.
    static final double TO_INTERFACE = 3;

    private static final String LANES = "pcie";

    private PrivateLanes() {}

    static NodeGraph.Builder add(NodeGraph.Builder graph, NodeType node) {
        double capacity = node.pcieBinds() ? node.pcieBytesPerSecond() : Double.POSITIVE_INFINITY;
        for (int gpu = 0; gpu < node.gpus() && node.nics() > 0; gpu++) {
            var lanes = new NodeGraph.Device(Kind.PCIE_SWITCH, gpu);
            graph.link(NodeGraph.gpu(gpu), lanes, LANES, capacity, TO_INTERFACE / 2);
            for (int k = 0; k < node.nicsPerGpu(); k++) {
                graph.link(
                        lanes,
                        NodeGraph.nic(node.firstNicOf(gpu) + k),
                        LANES,
                        Double.POSITIVE_INFINITY,
                        TO_INTERFACE / 2);
            }
        }
        return graph;
    }
}
