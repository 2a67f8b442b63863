// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Links of a cluster of several parts. Each part has leaves, and what stands above them, of its own, as its interfaces
/// have a rate of their own; a core joins their tops. What goes from part to part leaves through the whole of the one
/// and enters through the whole of the other, so it is no quicker than the slower of their interfaces.
///
/// The way of a part to the core carries what all interfaces of the part can, and never binds: it is there to be named.
final class PartsLinks implements FabricLinks {
    private static final int CORE = 0x7000_0000;
    /// Weight of the core in the choice of ways: it is there only for what must cross it.
    private static final double CROSSING = 10;

    private final Cluster cluster;
    private final List<FabricLinks> parts = new ArrayList<>();
    private final int[] firstNode;
    private final int[] firstPort;
    private final int[] firstLink;
    /// First of the links to the core and back, two for each part.
    private final int core;

    private final double[] capacity;

    PartsLinks(Cluster cluster) {
        this.cluster = cluster;
        int count = cluster.parts().size();
        firstNode = new int[count + 1];
        firstPort = new int[count + 1];
        firstLink = new int[count + 1];
        for (int part = 0; part < count; part++) {
            ClusterPart of = cluster.parts().get(part);
            FabricLinks links = cluster.fabric().shape().links(new Cluster(of.node(), of.nodes(), cluster.fabric()));
            parts.add(links);
            firstNode[part + 1] = firstNode[part] + of.nodes();
            firstPort[part + 1] = firstPort[part] + of.ports();
            firstLink[part + 1] = firstLink[part] + links.capacityBytesPerSecond().length;
        }
        core = firstLink[count];
        capacity = new double[core + 2 * count];
        for (int part = 0; part < count; part++) {
            double[] ofPart = parts.get(part).capacityBytesPerSecond();
            System.arraycopy(ofPart, 0, capacity, firstLink[part], ofPart.length);
            ClusterPart of = cluster.parts().get(part);
            Arrays.fill(
                    capacity,
                    core + 2 * part,
                    core + 2 * part + 2,
                    of.ports() * of.node().nicBytesPerSecond());
        }
    }

    @Override
    public double[] capacityBytesPerSecond() {
        return capacity;
    }

    private int partOf(int port) {
        int part = 0;
        while (port >= firstPort[part + 1]) {
            part++;
        }
        return part;
    }

    @Override
    public void addWay(int from, int to, double share, int first, RouteBuilder route) {
        int here = partOf(from);
        int there = partOf(to);
        if (here == there) {
            parts.get(here).addWay(from - firstPort[here], to - firstPort[here], share, first + firstLink[here], route);
            return;
        }
        addWayOut(from, true, share, first, route);
        route.add(first + core + 2 * here, share);
        route.through(1);
        route.add(first + core + 2 * there + 1, share);
        addWayOut(to, false, share, first, route);
    }

    @Override
    public void addWayOut(int port, boolean out, double share, int first, RouteBuilder route) {
        int part = partOf(port);
        parts.get(part).addWayOut(port - firstPort[part], out, share, first + firstLink[part], route);
    }

    @Override
    public List<Vertex> top() {
        return List.of(new Vertex(Kind.SPINE, -1, CORE));
    }

    @Override
    public String nameOf(int link) {
        if (link >= core) {
            int part = (link - core) / 2;
            return "part " + part + ((link - core) % 2 == 0 ? " to the core" : " from the core");
        }
        int part = 0;
        while (link >= firstLink[part + 1]) {
            part++;
        }
        return "part " + part + " " + parts.get(part).nameOf(link - firstLink[part]);
    }

    @Override
    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        Vertex middle = top().getFirst();
        for (int part = 0; part < cluster.parts().size(); part++) {
            for (Edge edge : parts.get(part).edges()) {
                edges.add(new Edge(
                        moved(edge.from(), part),
                        moved(edge.to(), part),
                        edge.link() < 0 ? -1 : firstLink[part] + edge.link(),
                        edge.weight()));
            }
            for (Vertex top : parts.get(part).top()) {
                edges.add(new Edge(moved(top, part), middle, core + 2 * part, CROSSING));
                edges.add(new Edge(middle, moved(top, part), core + 2 * part + 1, CROSSING));
            }
        }
        return edges;
    }

    private Vertex moved(Vertex vertex, int part) {
        return vertex.kind() == Kind.NIC
                ? new Vertex(Kind.NIC, vertex.node() + firstNode[part], vertex.index())
                : new Vertex(vertex.kind(), -1, vertex.index() + part * TwoSitesLinks.SECOND_SITE);
    }
}
