// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Degraded.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Which interfaces bytes between two nodes take where some are down or do not reach each other.
///
/// A GPU uses its own interfaces, each with the one of the same position at the other end. Where none of these pairs is
/// up, it uses the pair of interfaces of the two nodes that is nearest to both GPUs, as libraries hand data to the
/// neighbour that has the right interface; of equally near ones that which follows its own. An interface that no GPU of
/// its node reaches is as good as down.
final class Interfaces {
    /// From an interface of one node to one of the other.
    record Pair(int from, int to) {}

    private final Cluster cluster;
    private final FabricLinks fabric;
    /// What is known of the nodes of which something inside is degraded.
    private final Map<Integer, NodeInside> degradedInside;

    private final double[] left;
    private final boolean alwaysOwn;

    Interfaces(Cluster cluster, FabricLinks fabric, Map<Integer, NodeInside> degradedInside) {
        this.cluster = cluster;
        this.fabric = fabric;
        this.degradedInside = degradedInside;
        left = new double[cluster.ports()];
        Arrays.fill(left, 1);
        for (Degraded degraded : cluster.degraded()) {
            if (degraded.part() instanceof Part.Interface(int at, int nic)) {
                if (cluster.nodes() == 1) {
                    throw new IllegalArgumentException(
                            "a node that stands alone has no network for " + degraded.part());
                }
                if (at >= cluster.nodes() || nic >= nics(at)) {
                    throw new IllegalArgumentException("there is no " + degraded.part() + " on the network; "
                            + cluster.nodes() + " nodes have " + cluster.node().nics() + " interfaces each");
                }
                left[port(at, nic)] *= degraded.rate();
            }
        }
        for (int number = 0; cluster.nodes() > 1 && number < cluster.nodes(); number++) {
            for (int nic = 0; nic < nics(number); nic++) {
                left[port(number, nic)] *= isReached(number, nic) ? fabric.cablesUp(port(number, nic)) : 0;
            }
        }
        alwaysOwn = cluster.degraded().isEmpty() && !(fabric instanceof GraphLinks);
        if (!alwaysOwn && cluster.nodes() > 1) {
            requireWhole();
        }
    }

    private int nics(int nodeIndex) {
        return cluster.node(nodeIndex).nics();
    }

    private int port(int nodeIndex, int nic) {
        return cluster.firstPortOf(nodeIndex) + nic;
    }

    private boolean isReached(int nodeIndex, int nic) {
        return !degradedInside.containsKey(nodeIndex)
                || IntStream.range(0, cluster.node(nodeIndex).gpus()).anyMatch(gpu -> reaches(nodeIndex, gpu, nic));
    }

    /// Whether a GPU of a node and an interface of it reach each other.
    private boolean reaches(int nodeIndex, int localGpu, int nic) {
        NodeInside inside = degradedInside.get(nodeIndex);
        return inside == null
                || (inside.graph()
                                .ways(NodeGraph.gpu(localGpu), NodeGraph.nic(nic))
                                .exists()
                        && inside.graph()
                                .ways(NodeGraph.nic(nic), NodeGraph.gpu(localGpu))
                                .exists());
    }

    /// What is left of the bandwidth of an interface.
    double left(int nodeIndex, int nic) {
        return left[port(nodeIndex, nic)];
    }

    /// Whether interfaces of two nodes are up and reach each other.
    private boolean usable(int fromNode, int fromNic, int toNode, int toNic) {
        int from = port(fromNode, fromNic);
        int to = port(toNode, toNic);
        return left[from] > 0 && left[to] > 0 && fabric.reaches(from, to);
    }

    /// Whether two GPUs of different nodes have a pair of their own interfaces.
    boolean own(int from, int to) {
        return alwaysOwn || !ownPairs(from, to).isEmpty();
    }

    /// Whether bytes from a GPU to another can take two interfaces of their nodes.
    private boolean leads(int from, int fromNic, int to, int toNic) {
        return usable(cluster.nodeOf(from), fromNic, cluster.nodeOf(to), toNic)
                && reaches(cluster.nodeOf(from), cluster.localOf(from), fromNic)
                && reaches(cluster.nodeOf(to), cluster.localOf(to), toNic);
    }

    private List<Pair> ownPairs(int from, int to) {
        NodeType here = cluster.node(cluster.nodeOf(from));
        NodeType there = cluster.node(cluster.nodeOf(to));
        int nicFrom = here.firstNicOf(cluster.localOf(from));
        int nicTo = there.firstNicOf(cluster.localOf(to));
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < Math.max(here.nicsPerGpu(), there.nicsPerGpu()); k++) {
            int out = nicFrom + k % here.nicsPerGpu();
            int in = nicTo + k % there.nicsPerGpu();
            if (alwaysOwn || leads(from, out, to, in)) {
                pairs.add(new Pair(out, in));
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
        int nicsHere = nics(fromNode);
        int nicsThere = nics(toNode);
        for (int i = 0; i < nicsHere; i++) {
            int a = (cluster.node(fromNode).firstNicOf(localFrom) + i) % nicsHere;
            for (int j = 0; j < nicsThere; j++) {
                int b = (cluster.node(toNode).firstNicOf(localTo) + j) % nicsThere;
                if (!leads(from, a, to, b)) {
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

    /// A node, or a GPU of one that is degraded inside, and the parts of the fabric that it reaches.
    private record Reach(int node, String name, BitSet parts) {}

    /// Any two nodes have a pair of interfaces that reach each other, and so have all GPUs of those degraded inside.
    private void requireWhole() {
        List<Integer> firsts = new ArrayList<>();
        List<Reach> reaches = new ArrayList<>();
        for (int n = 0; n < cluster.nodes(); n++) {
            reaches.add(new Reach(n, "node " + n, parts(n, firsts, nic -> true)));
        }
        degradedInside.keySet().stream().sorted().forEach(n -> {
            for (int gpu = 0; gpu < cluster.node(n).gpus(); gpu++) {
                int local = gpu;
                reaches.add(new Reach(n, "node " + n + " gpu " + gpu, parts(n, firsts, nic -> reaches(n, local, nic))));
            }
        });
        Set<BitSet> met = new HashSet<>();
        for (Reach one : reaches) {
            if (!met.add(one.parts())) {
                continue;
            }
            for (Reach other : reaches) {
                if (other.node() != one.node() && !one.parts().intersects(other.parts())) {
                    boolean inOrder = one.node() < other.node();
                    throw new IllegalArgumentException("the cluster is cut in parts: " + (inOrder ? one : other).name()
                            + " cannot reach " + (inOrder ? other : one).name());
                }
            }
        }
    }

    private BitSet parts(int nodeIndex, List<Integer> firsts, IntPredicate reached) {
        var parts = new BitSet();
        for (int nic = 0; nic < nics(nodeIndex); nic++) {
            int port = port(nodeIndex, nic);
            if (left[port] > 0 && reached.test(nic)) {
                parts.set(partOf(port, firsts));
            }
        }
        return parts;
    }

    private int partOf(int port, List<Integer> firsts) {
        for (int part = 0; part < firsts.size(); part++) {
            if (cluster.nodeOfPort(firsts.get(part)) == cluster.nodeOfPort(port)
                    ? firsts.get(part) == port
                    : fabric.reaches(firsts.get(part), port)) {
                return part;
            }
        }
        firsts.add(port);
        return firsts.size() - 1;
    }
}
