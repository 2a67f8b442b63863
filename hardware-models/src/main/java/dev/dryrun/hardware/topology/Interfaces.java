// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Degraded.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// Which interfaces bytes between two nodes take where some are down or do not reach each other.
///
/// A GPU uses its own interfaces, each with the one of the same position at the other end. Where none of these pairs is
/// up, it uses the pair of interfaces of the two nodes that is nearest to both GPUs, as libraries hand data to the
/// neighbour that has the right interface; of equally near ones that which follows its own.
final class Interfaces {
    /// From an interface of one node to one of the other.
    record Pair(int from, int to) {}

    private final Cluster cluster;
    private final NodeType node;
    private final FabricLinks fabric;
    private final double[] left;
    private final boolean alwaysOwn;

    Interfaces(Cluster cluster, FabricLinks fabric) {
        this.cluster = cluster;
        this.fabric = fabric;
        node = cluster.node();
        left = new double[cluster.nodes() * node.nics()];
        Arrays.fill(left, 1);
        for (Degraded degraded : cluster.degraded()) {
            if (degraded.part() instanceof Part.Interface(int at, int nic)) {
                if (cluster.nodes() == 1) {
                    throw new IllegalArgumentException(
                            "a node that stands alone has no network for " + degraded.part());
                }
                if (at >= cluster.nodes() || nic >= node.nics()) {
                    throw new IllegalArgumentException("there is no " + degraded.part() + " on the network; "
                            + cluster.nodes() + " nodes have " + node.nics() + " interfaces each");
                }
                left[at * node.nics() + nic] *= degraded.rate();
            }
        }
        for (int port = 0; cluster.nodes() > 1 && port < left.length; port++) {
            left[port] *= fabric.cablesUp(port);
        }
        alwaysOwn = cluster.degraded().isEmpty() && !(fabric instanceof GraphLinks);
        if (!alwaysOwn && cluster.nodes() > 1) {
            requireWhole();
        }
    }

    /// What is left of the bandwidth of an interface.
    double left(int nodeIndex, int nic) {
        return left[nodeIndex * node.nics() + nic];
    }

    /// Whether interfaces of two nodes are up and reach each other.
    private boolean usable(int fromNode, int fromNic, int toNode, int toNic) {
        int from = fromNode * node.nics() + fromNic;
        int to = toNode * node.nics() + toNic;
        return left[from] > 0 && left[to] > 0 && fabric.reaches(from, to);
    }

    /// Whether two GPUs of different nodes have a pair of their own interfaces.
    boolean own(int from, int to) {
        return alwaysOwn || !ownPairs(from, to).isEmpty();
    }

    private List<Pair> ownPairs(int from, int to) {
        int nicFrom = node.firstNicOf(cluster.localOf(from));
        int nicTo = node.firstNicOf(cluster.localOf(to));
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < node.nicsPerGpu(); k++) {
            if (alwaysOwn || usable(cluster.nodeOf(from), nicFrom + k, cluster.nodeOf(to), nicTo + k)) {
                pairs.add(new Pair(nicFrom + k, nicTo + k));
            }
        }
        return pairs;
    }

    /// The pairs over which the bytes from a GPU to one of another node spread evenly.
    ///
    /// @param inside what is known of a node
    List<Pair> pairs(int from, int to, IntFunction<NodeInside> inside) {
        List<Pair> own = ownPairs(from, to);
        if (!own.isEmpty()) {
            return own;
        }
        int localFrom = cluster.localOf(from);
        int localTo = cluster.localOf(to);
        int fromNode = cluster.nodeOf(from);
        int toNode = cluster.nodeOf(to);
        NodeGraph here = inside.apply(fromNode).graph();
        NodeGraph there = inside.apply(toNode).graph();
        Pair best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < node.nics(); i++) {
            int a = (node.firstNicOf(localFrom) + i) % node.nics();
            for (int j = 0; j < node.nics(); j++) {
                int b = (node.firstNicOf(localTo) + j) % node.nics();
                if (!usable(fromNode, a, toNode, b)) {
                    continue;
                }
                double length = here.ways(NodeGraph.gpu(localFrom), NodeGraph.nic(a))
                                .length()
                        + there.ways(NodeGraph.nic(b), NodeGraph.gpu(localTo)).length();
                if (length < least) {
                    least = length;
                    best = new Pair(a, b);
                }
            }
        }
        if (best == null) {
            throw new IllegalArgumentException(
                    "the cluster is cut in parts: node " + fromNode + " cannot reach node " + toNode);
        }
        return List.of(best);
    }

    /// Any two nodes have a pair of interfaces that reach each other.
    private void requireWhole() {
        List<Integer> firsts = new ArrayList<>();
        List<BitSet> parts = new ArrayList<>();
        for (int n = 0; n < cluster.nodes(); n++) {
            var reached = new BitSet();
            for (int nic = 0; nic < node.nics(); nic++) {
                int port = n * node.nics() + nic;
                if (left[port] > 0) {
                    reached.set(partOf(port, firsts));
                }
            }
            parts.add(reached);
        }
        Set<BitSet> met = new HashSet<>();
        for (int n = 0; n < parts.size(); n++) {
            if (!met.add(parts.get(n))) {
                continue;
            }
            for (int other = 0; other < parts.size(); other++) {
                if (other != n && !parts.get(n).intersects(parts.get(other))) {
                    throw new IllegalArgumentException("the cluster is cut in parts: node " + Math.min(n, other)
                            + " cannot reach node " + Math.max(n, other));
                }
            }
        }
    }

    private int partOf(int port, List<Integer> firsts) {
        for (int part = 0; part < firsts.size(); part++) {
            if (firsts.get(part) / node.nics() == port / node.nics()
                    ? firsts.get(part) == port
                    : fabric.reaches(firsts.get(part), port)) {
                return part;
            }
        }
        firsts.add(port);
        return firsts.size() - 1;
    }
}
