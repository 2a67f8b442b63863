// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.GridShape.Axis;

/// A grid of chips: a link from each chip to the next along each axis, and along closed axes from the last to the
/// first. A closed axis of two chips has two links between them.
final class TorusWiring {
    private TorusWiring() {}

    static NodeGraph graph(NodeType node) {
        GridShape grid = node.grid();
        if (grid.chips() != node.gpus()) {
            throw new IllegalArgumentException(
                    "the torus of " + node.name() + " has " + grid.chips() + " chips, the node " + node.gpus());
        }
        var graph = new NodeGraph.Builder();
        for (int chip = 0; chip < node.gpus(); chip++) {
            graph.add(NodeGraph.gpu(chip));
        }
        int[][] forward = new int[grid.axes().size()][node.gpus()];
        for (int axis = 0; axis < forward.length; axis++) {
            Axis along = grid.axes().get(axis);
            for (int chip = 0; chip < node.gpus(); chip++) {
                int at = grid.coordinate(chip, axis);
                boolean last = at == along.length() - 1;
                if (along.length() == 1 || (last && !along.closed())) {
                    forward[axis][chip] = -1;
                    continue;
                }
                forward[axis][chip] = graph.wires();
                graph.link(
                        NodeGraph.gpu(chip),
                        NodeGraph.gpu(grid.moved(chip, axis, last ? 0 : at + 1)),
                        node.link(),
                        node.linkBytesPerSecond(),
                        PrivateLanes.BETWEEN_GPUS);
            }
        }
        return PrivateLanes.add(graph, node).grid(new GridWires(grid, forward)).build();
    }
}
