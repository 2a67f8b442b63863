// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.Arrays;

/// The ways inside a node that routes are made of, by wires that can bind: between GPUs, and between a GPU and
/// interfaces of the node. Found when they are first asked for.
final class InsideWays {
    /// @param wires resources, counted from the first of the node
    /// @param shares part of the traffic that each carries
    record Way(int[] wires, double[] shares) {}

    private final NodeType node;
    private final NodeGraph graph;
    private final Way[] known;
    private final int devices;

    InsideWays(NodeType node, NodeGraph graph) {
        this.node = node;
        this.graph = graph;
        devices = node.gpus() + 2 * node.nics();
        known = new Way[node.gpus() * devices];
    }

    Way betweenGpus(int from, int to) {
        return way(from * devices + to, NodeGraph.gpu(from), NodeGraph.gpu(to));
    }

    Way out(int gpu, int nic) {
        return way(gpu * devices + node.gpus() + nic, NodeGraph.gpu(gpu), NodeGraph.nic(nic));
    }

    Way in(int gpu, int nic) {
        return way(gpu * devices + node.gpus() + node.nics() + nic, NodeGraph.nic(nic), NodeGraph.gpu(gpu));
    }

    private Way way(int at, NodeGraph.Device from, NodeGraph.Device to) {
        Way way = known[at];
        if (way == null) {
            way = find(from, to);
            known[at] = way;
        }
        return way;
    }

    private Way find(NodeGraph.Device from, NodeGraph.Device to) {
        EqualCostRoutes.Ways ways = graph.ways(from, to);
        if (!ways.exists()) {
            throw new IllegalArgumentException(node.name() + " has no way from " + from + " to " + to);
        }
        int[] wires = new int[ways.edges().length];
        double[] shares = new double[wires.length];
        int size = 0;
        for (int i = 0; i < wires.length; i++) {
            int offset = graph.offsetOf(ways.edges()[i]);
            if (offset >= 0) {
                wires[size] = offset;
                shares[size++] = ways.shares()[i];
            }
        }
        return new Way(Arrays.copyOf(wires, size), Arrays.copyOf(shares, size));
    }
}
