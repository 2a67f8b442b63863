// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.Arrays;

/// The ways inside a node that routes are made of, by wires that can bind: between GPUs, and between a GPU and its own
/// interfaces. Found when they are first asked for.
final class InsideWays {
    /// @param wires resources, counted from the first of the node
    /// @param shares part of the traffic that each carries
    record Way(int[] wires, double[] shares) {}

    private final NodeType node;
    private final NodeGraph graph;
    private final Way[] known;

    InsideWays(NodeType node, NodeGraph graph) {
        this.node = node;
        this.graph = graph;
        known = new Way[node.gpus() * (node.gpus() + 2 * node.nicsPerGpu())];
    }

    Way betweenGpus(int from, int to) {
        return way(from * node.gpus() + to, NodeGraph.gpu(from), NodeGraph.gpu(to));
    }

    /// To the k-th interface of a GPU.
    Way out(int gpu, int k) {
        int at = node.gpus() * (node.gpus() + k) + gpu;
        return way(at, NodeGraph.gpu(gpu), NodeGraph.nic(node.firstNicOf(gpu) + k));
    }

    /// From the k-th interface of a GPU.
    Way in(int gpu, int k) {
        int at = node.gpus() * (node.gpus() + node.nicsPerGpu() + k) + gpu;
        return way(at, NodeGraph.nic(node.firstNicOf(gpu) + k), NodeGraph.gpu(gpu));
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
