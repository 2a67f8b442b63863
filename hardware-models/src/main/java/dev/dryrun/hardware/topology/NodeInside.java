// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Degraded.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a network knows of the inside of a node: its graph, the ways through it, the rings in it.
record NodeInside(NodeGraph graph, InsideWays ways, MemberRings rings) {
    static NodeInside of(NodeType node, NodeGraph graph) {
        return new NodeInside(graph, new InsideWays(node, graph), new MemberRings(graph));
    }

    /// The nodes that have slow links or such as are down, by number.
    static Map<Integer, NodeInside> degraded(Cluster cluster, NodeGraph healthy) {
        Map<Integer, Map<Integer, Double>> left = new HashMap<>();
        for (Degraded degraded : cluster.degraded()) {
            if (degraded.part() instanceof Part.Inside inside) {
                if (inside.node() >= cluster.nodes()) {
                    throw new IllegalArgumentException(
                            "there is no " + inside + "; nodes are 0 to " + (cluster.nodes() - 1));
                }
                degrade(healthy, inside, degraded.rate(), left.computeIfAbsent(inside.node(), n -> new HashMap<>()));
            }
        }
        Map<Integer, NodeInside> nodes = new HashMap<>();
        left.forEach((number, rates) -> {
            NodeGraph graph = healthy.degraded(rates);
            requireWhole(cluster.node(), graph, number);
            nodes.put(number, of(cluster.node(), graph));
        });
        return nodes;
    }

    private static void degrade(NodeGraph graph, Part.Inside inside, double rate, Map<Integer, Double> left) {
        boolean found = false;
        for (int wire = 0; wire < graph.wires().size(); wire++) {
            NodeGraph.Device from = graph.devices().get(graph.wires().get(wire).from());
            NodeGraph.Device to = graph.devices().get(graph.wires().get(wire).to());
            NodeGraph.Device a = inside.a().device();
            NodeGraph.Device b = inside.b() == null ? null : inside.b().device();
            boolean here = b == null
                    ? from.equals(a) || to.equals(a)
                    : (from.equals(a) && to.equals(b)) || (from.equals(b) && to.equals(a));
            if (!here) {
                continue;
            }
            boolean binds = graph.offsetOf(wire) >= 0;
            if (!binds && rate > 0 && b != null) {
                throw new IllegalArgumentException(
                        inside + " never binds and cannot be slow; a slow interface says the same");
            }
            if (binds || rate == 0) {
                left.merge(wire, rate, (before, more) -> before * more);
            }
            found = true;
        }
        if (!found) {
            throw new IllegalArgumentException("a node has no " + (inside.b() == null ? "device " : "link ")
                    + inside.a() + (inside.b() == null ? "" : " - " + inside.b()) + " that could be degraded");
        }
    }

    private static void requireWhole(NodeType node, NodeGraph graph, int number) {
        for (int gpu = 1; gpu < node.gpus(); gpu++) {
            for (List<Integer> pair : List.of(List.of(0, gpu), List.of(gpu, 0))) {
                if (!graph.ways(NodeGraph.gpu(pair.get(0)), NodeGraph.gpu(pair.get(1)))
                        .exists()) {
                    throw new IllegalArgumentException("node " + number + " is cut in parts: gpu " + pair.get(0)
                            + " cannot reach gpu " + pair.get(1));
                }
            }
        }
    }
}
