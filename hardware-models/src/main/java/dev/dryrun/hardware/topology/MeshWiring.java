// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// A link of its own for every pair of GPUs.
final class MeshWiring {
    private MeshWiring() {}

    static NodeGraph graph(NodeType node) {
        var graph = new NodeGraph.Builder();
        for (int gpu = 0; gpu < node.gpus(); gpu++) {
            graph.add(NodeGraph.gpu(gpu));
        }
        for (int a = 0; a < node.gpus(); a++) {
            for (int b = a + 1; b < node.gpus(); b++) {
                graph.link(
                        NodeGraph.gpu(a),
                        NodeGraph.gpu(b),
                        node.link(),
                        node.linkBytesPerSecond(),
                        PrivateLanes.BETWEEN_GPUS);
            }
        }
        return PrivateLanes.add(graph, node).build();
    }
}
