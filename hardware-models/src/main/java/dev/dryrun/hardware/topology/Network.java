// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.Arrays;
import org.jgrapht.Graph;
import org.jspecify.annotations.Nullable;

/// The links of a cluster as numbered resources with raw capacities per direction, and the routes over them.
///
/// Resources in this order: the wires inside each node, node by node (the same for all, see [NodeGraph]); out and in of
/// each interface; the links of the fabric ([FabricLinks]). A network is a few numbers and one array; of routes only
/// those inside one node are kept. An instance belongs to one thread.
public final class Network {
    private static final double SOLE = 1;

    private final Cluster cluster;
    private final NodeType node;
    private final NodeGraph inside;
    private final InsideWays ways;
    private final FabricLinks fabric;
    private final MemberRings rings;
    private final int firstNic;
    private final int firstLink;
    private final double[] capacity;

    public Network(Cluster cluster) {
        this.cluster = cluster;
        node = cluster.node();
        inside = node.graph();
        ways = new InsideWays(node, inside);
        fabric = cluster.nodes() == 1 ? new NoLinks() : cluster.fabric().shape().links(cluster);
        rings = new MemberRings(inside);
        firstNic = Math.multiplyExact(cluster.nodes(), inside.resources());
        firstLink = firstNic + (cluster.nodes() == 1 ? 0 : 2 * cluster.nodes() * node.nics());
        double[] beyond = fabric.capacityBytesPerSecond();
        capacity = new double[firstLink + beyond.length];
        for (int wire = 0; wire < inside.wires().size(); wire++) {
            for (int at = inside.offsetOf(wire); at >= 0 && at < firstNic; at += inside.resources()) {
                capacity[at] = inside.wires().get(wire).bytesPerSecond();
            }
        }
        Arrays.fill(capacity, firstNic, firstLink, node.nicBytesPerSecond());
        System.arraycopy(beyond, 0, capacity, firstLink, beyond.length);
    }

    public Cluster cluster() {
        return cluster;
    }

    public int resources() {
        return capacity.length;
    }

    /// Raw capacity of every resource, in bytes a second. The array is the network's own: to be read only.
    public double[] capacityBytesPerSecond() {
        return capacity;
    }

    /// First resource of the wires of a node.
    public int firstWireOf(int nodeIndex) {
        return nodeIndex * inside.resources();
    }

    /// How rings run among GPUs of one node, given as positions within it.
    public RingUse ringAmong(int[] localGpus, boolean leavesNode) {
        return rings.among(localGpus, leavesNode);
    }

    /// The box that GPUs of one node are in its torus; null where they are none.
    public @Nullable BoxUse boxAmong(int[] localGpus) {
        GridBoxes boxes = inside.boxes();
        return boxes == null ? null : boxes.of(localGpus);
    }

    /// Whether some ways follow long lines.
    public boolean hasLines() {
        return cluster.nodes() > 1 && cluster.fabric().shape() instanceof FabricShape.TwoSites;
    }

    int nicOut(int nodeIndex, int nic) {
        return firstNic + 2 * (nodeIndex * node.nics() + nic);
    }

    int firstLink() {
        return firstLink;
    }

    NodeGraph inside() {
        return inside;
    }

    FabricLinks fabric() {
        return fabric;
    }

    /// The way from one GPU to another: over the links of the node where they share one, else through the
    /// interfaces of both and over the fabric.
    public Route route(int from, int to) {
        var route = new RouteBuilder();
        if (from == to) {
            return route.build(0, 0);
        }
        int fromNode = cluster.nodeOf(from);
        int toNode = cluster.nodeOf(to);
        int localFrom = cluster.localOf(from);
        int localTo = cluster.localOf(to);
        if (fromNode == toNode) {
            addInside(route, fromNode, ways.betweenGpus(localFrom, localTo), SOLE);
            return route.build(0, 0);
        }
        int side = node.nicsPerGpu();
        double share = SOLE / side;
        int nicFrom = node.firstNicOf(localFrom);
        int nicTo = node.firstNicOf(localTo);
        for (int k = 0; k < side; k++) {
            addInside(route, fromNode, ways.out(localFrom, k), share);
        }
        for (int k = 0; k < side; k++) {
            route.add(nicOut(fromNode, nicFrom + k), share);
        }
        for (int k = 0; k < side; k++) {
            fabric.addWay(
                    fromNode * node.nics() + nicFrom + k, toNode * node.nics() + nicTo + k, share, firstLink, route);
        }
        for (int k = 0; k < side; k++) {
            route.add(nicOut(toNode, nicTo + k) + 1, share);
        }
        for (int k = 0; k < side; k++) {
            addInside(route, toNode, ways.in(localTo, k), share);
        }
        Fabric description = cluster.fabric();
        return route.build(2 * description.nicLatencySeconds(), description.switchLatencySeconds());
    }

    private void addInside(RouteBuilder route, int nodeIndex, InsideWays.Way way, double share) {
        int first = firstWireOf(nodeIndex);
        for (int i = 0; i < way.wires().length; i++) {
            route.add(first + way.wires()[i], way.shares()[i] * share);
        }
    }

    /// What a resource is, for people.
    public String nameOf(int resource) {
        if (resource < 0 || resource >= capacity.length) {
            throw new IllegalArgumentException("resource is " + resource + "; there are " + capacity.length);
        }
        if (resource < firstNic) {
            return "node " + resource / inside.resources() + " "
                    + inside.nameOf(inside.wireAt(resource % inside.resources()));
        }
        if (resource < firstLink) {
            int nic = (resource - firstNic) / 2;
            boolean out = (resource - firstNic) % 2 == 0;
            return "node " + nic / node.nics() + " nic " + nic % node.nics() + (out ? " out" : " in");
        }
        return fabric.nameOf(resource - firstLink);
    }

    /// The same cluster as a graph, for questions that need one. Built anew at each call.
    public Graph<Vertex, Link> asGraph() {
        return ClusterGraph.of(this);
    }
}
