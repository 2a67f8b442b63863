// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Vertex.Kind;

/// GPUs around switches that never bind, which are one device here: the links of a GPU are one each way.
final class StarWiring {
    private StarWiring() {}

    static NodeGraph graph(NodeType node) {
        var graph = new NodeGraph.Builder();
        var gpuSwitch = new NodeGraph.Device(Kind.GPU_SWITCH, 0);
        for (int gpu = 0; gpu < node.gpus(); gpu++) {
            graph.add(NodeGraph.gpu(gpu));
        }
        for (int gpu = 0; gpu < node.gpus() && node.gpus() > 1; gpu++) {
            graph.link(
                    NodeGraph.gpu(gpu), gpuSwitch, node.link(), node.linkBytesPerSecond(), PrivateLanes.BETWEEN_GPUS);
        }
        return PrivateLanes.add(graph, node).build();
    }
}
