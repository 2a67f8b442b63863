// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jgrapht.Graph;
import org.jspecify.annotations.Nullable;

/// The links of a cluster as numbered resources with raw capacities per direction, and the routes over them.
///
/// Resources in this order: the wires inside each node, node by node (the same for all of a part, see [NodeGraph]); out
/// and in of each interface; the links of the fabric ([FabricLinks]). A network is a few numbers and one array; of
/// routes only those inside one node are kept. An instance belongs to one thread.
public final class Network {
    private static final double SOLE = 1;

    private final Cluster cluster;
    private final List<PartInside> parts = new ArrayList<>();
    private final Map<Integer, NodeInside> degraded;
    private final FabricLinks fabric;
    private final Interfaces interfaces;
    private final int firstNic;
    private final int firstLink;
    private final double[] capacity;

    /// The nodes of a part: what is inside each of them, and the first wire of the first.
    private record PartInside(NodeType node, NodeInside usual, int firstNode, int firstWire) {
        int resources() {
            return usual.graph().resources();
        }
    }

    public Network(Cluster cluster) {
        this.cluster = cluster;
        int wires = 0;
        for (int part = 0; part < cluster.parts().size(); part++) {
            NodeType node = cluster.parts().get(part).node();
            NodeInside usual = NodeInside.of(node, node.graph());
            parts.add(new PartInside(node, usual, cluster.firstNodeOf(part), wires));
            wires = Math.addExact(
                    wires,
                    Math.multiplyExact(
                            cluster.parts().get(part).nodes(), usual.graph().resources()));
        }
        degraded = NodeInside.degraded(cluster, parts.getFirst().usual().graph());
        fabric = links(cluster);
        interfaces = new Interfaces(cluster, fabric, degraded);
        firstNic = wires;
        firstLink = firstNic + (cluster.nodes() == 1 ? 0 : 2 * cluster.ports());
        double[] beyond = fabric.capacityBytesPerSecond();
        capacity = new double[firstLink + beyond.length];
        for (int number = 0; number < cluster.nodes(); number++) {
            setCapacity(number, insideOf(number).graph());
            NodeType node = cluster.node(number);
            for (int nic = 0; cluster.nodes() > 1 && nic < node.nics(); nic++) {
                double rate = node.nicBytesPerSecond() * interfaces.left(number, nic);
                capacity[nicOut(number, nic)] = rate;
                capacity[nicOut(number, nic) + 1] = rate;
            }
        }
        System.arraycopy(beyond, 0, capacity, firstLink, beyond.length);
    }

    private static FabricLinks links(Cluster cluster) {
        return cluster.nodes() == 1
                ? withoutFabric(cluster)
                : cluster.isMixed() ? new PartsLinks(cluster) : DegradedFabric.of(cluster);
    }

    private PartInside partOf(int nodeIndex) {
        return parts.get(cluster.partOfNode(nodeIndex));
    }

    private static FabricLinks withoutFabric(Cluster cluster) {
        for (Degraded part : cluster.degraded()) {
            if (part.part() instanceof Degraded.Part.Between) {
                throw new IllegalArgumentException("there is no " + part.part() + " around a node that stands alone");
            }
        }
        return new NoLinks();
    }

    private void setCapacity(int nodeIndex, NodeGraph graph) {
        for (int wire = 0; wire < graph.wires().size(); wire++) {
            if (graph.offsetOf(wire) >= 0) {
                capacity[firstWireOf(nodeIndex) + graph.offsetOf(wire)] =
                        graph.wires().get(wire).bytesPerSecond();
            }
        }
    }

    private NodeInside insideOf(int nodeIndex) {
        return degraded.getOrDefault(nodeIndex, partOf(nodeIndex).usual());
    }

    /// Whether links inside a node are not what they are in the others.
    public boolean isDegradedInside(int nodeIndex) {
        return degraded.containsKey(nodeIndex);
    }

    /// What is left of the bandwidth of the own interfaces of GPUs of one node, where each that is up carries the same;
    /// all of it where none is up and they use those of neighbours.
    public double interfacesLeft(int[] gpus) {
        double least = 1;
        int up = 0;
        NodeType node = cluster.node(cluster.nodeOf(gpus[0]));
        for (int gpu : gpus) {
            for (int k = 0; k < node.nicsPerGpu() && node.nics() > 0; k++) {
                double left = interfaces.left(cluster.nodeOf(gpu), node.firstNicOf(cluster.localOf(gpu)) + k);
                least = left > 0 ? Math.min(least, left) : least;
                up += left > 0 ? 1 : 0;
            }
        }
        return up == 0 ? 1 : least * up / gpus.length / node.nicsPerGpu();
    }

    /// Whether bytes between two GPUs of different nodes take their own interfaces, and no neighbour's.
    public boolean hasOwnWay(int from, int to) {
        return interfaces.own(from, to);
    }

    public Cluster cluster() {
        return cluster;
    }

    public int resources() {
        return capacity.length;
    }

    /// Raw capacity of every resource, in bytes a second; 0 where it is down. The array is the network's own: to be
    /// read only.
    public double[] capacityBytesPerSecond() {
        return capacity;
    }

    /// First resource of the wires of a node.
    public int firstWireOf(int nodeIndex) {
        PartInside part = partOf(nodeIndex);
        return part.firstWire() + (nodeIndex - part.firstNode()) * part.resources();
    }

    /// How rings run among GPUs of one node, given as positions within it.
    public RingUse ringAmong(int nodeIndex, int[] localGpus, boolean leavesNode) {
        return insideOf(nodeIndex).rings().among(localGpus, leavesNode);
    }

    /// The box that GPUs of one node are in its torus; null where they are none.
    public @Nullable BoxUse boxAmong(int nodeIndex, int[] localGpus) {
        GridBoxes boxes = insideOf(nodeIndex).graph().boxes();
        return boxes == null ? null : boxes.of(localGpus);
    }

    /// Whether some ways follow long lines.
    public boolean hasLines() {
        return fabric.hasLines();
    }

    int nicOut(int nodeIndex, int nic) {
        return firstNic + 2 * (cluster.firstPortOf(nodeIndex) + nic);
    }

    int firstLink() {
        return firstLink;
    }

    NodeGraph inside(int nodeIndex) {
        return insideOf(nodeIndex).graph();
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
            addInside(route, fromNode, insideOf(fromNode).ways().betweenGpus(localFrom, localTo), SOLE);
            return route.build(0, 0);
        }
        List<Interfaces.Pair> pairs = interfaces.pairs(from, to, this::insideOf);
        double share = SOLE / pairs.size();
        for (Interfaces.Pair pair : pairs) {
            addInside(route, fromNode, insideOf(fromNode).ways().out(localFrom, pair.from()), share);
        }
        for (Interfaces.Pair pair : pairs) {
            route.add(nicOut(fromNode, pair.from()), share);
        }
        for (Interfaces.Pair pair : pairs) {
            fabric.addWay(
                    cluster.firstPortOf(fromNode) + pair.from(),
                    cluster.firstPortOf(toNode) + pair.to(),
                    share,
                    firstLink,
                    route);
        }
        for (Interfaces.Pair pair : pairs) {
            route.add(nicOut(toNode, pair.to()) + 1, share);
        }
        for (Interfaces.Pair pair : pairs) {
            addInside(route, toNode, insideOf(toNode).ways().in(localTo, pair.to()), share);
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
            PartInside part = parts.getLast();
            for (PartInside other : parts.reversed()) {
                part = resource < part.firstWire() ? other : part;
            }
            int wire = resource - part.firstWire();
            NodeGraph inside = part.usual().graph();
            return "node " + (part.firstNode() + wire / part.resources()) + " "
                    + inside.nameOf(inside.wireAt(wire % part.resources()));
        }
        if (resource < firstLink) {
            int port = (resource - firstNic) / 2;
            boolean out = (resource - firstNic) % 2 == 0;
            int number = cluster.nodeOfPort(port);
            return "node " + number + " nic " + (port - cluster.firstPortOf(number)) + (out ? " out" : " in");
        }
        return fabric.nameOf(resource - firstLink);
    }

    /// The same cluster as a graph, for questions that need one. Built anew at each call.
    public Graph<Vertex, Link> asGraph() {
        return ClusterGraph.of(this);
    }
}
