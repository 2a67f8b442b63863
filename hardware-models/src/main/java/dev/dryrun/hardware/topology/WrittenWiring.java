// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// Links as the node's file lists them.
final class WrittenWiring {
    private WrittenWiring() {}

    static NodeGraph graph(NodeType node) {
        var graph = new NodeGraph.Builder();
        for (int gpu = 0; gpu < node.gpus(); gpu++) {
            graph.add(NodeGraph.gpu(gpu));
        }
        for (NodeLink link : node.links()) {
            graph.link(link.a().device(), link.b().device(), link.generation(), link.bytesPerSecond(), link.weight());
        }
        return graph.build();
    }
}
