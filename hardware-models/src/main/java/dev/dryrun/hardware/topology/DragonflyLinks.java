// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.FabricShape.Dragonfly;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Links of the groups of a dragonfly that a cluster occupies.
///
/// Interfaces of a node hang on successive switches of its group. Resources: for each switch, out and in over all its
/// links to the others of its group; for each group, out and in over all its global links; with minimal routing also
/// the links from each group straight to each other one. All links are as fast as an interface. Traffic that leaves a
/// group reaches the switches with the right global links evenly, so a share of 1/a of it stays on its own switch.
final class DragonflyLinks implements FabricLinks {
    private static final double TO_SWITCH = 1;
    private static final double LOCAL = 0.2;
    private static final double GLOBAL = 0.1;

    private final Dragonfly shape;
    private final int nics;
    private final int nodes;
    private final int nodesPerGroup;
    private final int used;
    private final int firstGlobal;
    private final int firstStraight;
    private final double[] capacity;

    DragonflyLinks(Dragonfly shape, Cluster cluster) {
        this.shape = shape;
        nics = cluster.node().nics();
        nodes = cluster.nodes();
        nodesPerGroup = shape.nodesPerGroup(cluster.node());
        used = Math.ceilDiv(nodes, nodesPerGroup);
        if (used > shape.groups()) {
            throw new IllegalArgumentException("%d nodes need %d groups of %d; the dragonfly has %d"
                    .formatted(nodes, used, nodesPerGroup, shape.groups()));
        }
        double rate = cluster.node().nicBytesPerSecond();
        int switches = used * shape.switchesPerGroup();
        firstGlobal = 2 * switches;
        firstStraight = firstGlobal + (used > 1 ? 2 * used : 0);
        capacity = new double[firstStraight + (straight() ? used * used : 0)];
        double globalLinks = shape.switchesPerGroup() * shape.globalPorts();
        Arrays.fill(capacity, 0, firstGlobal, Math.max(1, shape.switchesPerGroup() - 1) * rate);
        Arrays.fill(capacity, firstGlobal, firstStraight, globalLinks * rate);
        Arrays.fill(capacity, firstStraight, capacity.length, globalLinks * rate / Math.max(1, shape.groups() - 1));
    }

    private boolean straight() {
        return used > 1 && shape.routing() != Routing.ADAPTIVE;
    }

    @Override
    public double[] capacityBytesPerSecond() {
        return capacity;
    }

    private int groupOf(int port) {
        return port / nics / nodesPerGroup;
    }

    private int switchOf(int port) {
        int group = groupOf(port);
        int within = port - group * nodesPerGroup * nics;
        return group * shape.switchesPerGroup() + within % shape.switchesPerGroup();
    }

    @Override
    public void addWay(int from, int to, double share, int first, RouteBuilder route) {
        int here = switchOf(from);
        int there = switchOf(to);
        if (here == there) {
            route.through(1);
            return;
        }
        int groupFrom = groupOf(from);
        int groupTo = groupOf(to);
        if (groupFrom == groupTo) {
            route.add(first + 2 * here, share);
            route.add(first + 2 * there + 1, share);
            route.through(2);
            return;
        }
        double crossing = share * (shape.switchesPerGroup() - 1) / shape.switchesPerGroup();
        route.add(first + 2 * here, crossing);
        route.add(first + firstGlobal + 2 * groupFrom, share);
        if (straight()) {
            route.add(first + firstStraight + groupFrom * used + groupTo, share);
        }
        route.add(first + firstGlobal + 2 * groupTo + 1, share);
        route.add(first + 2 * there + 1, crossing);
        route.through(4);
    }

    @Override
    public void addWayOut(int port, boolean out, double share, int first, RouteBuilder route) {
        int way = out ? 0 : 1;
        route.add(first + 2 * switchOf(port) + way, share * (shape.switchesPerGroup() - 1) / shape.switchesPerGroup());
        if (used > 1) {
            route.add(first + firstGlobal + 2 * groupOf(port) + way, share);
        }
        route.through(2);
    }

    @Override
    public List<Vertex> top() {
        return List.of(new Vertex(Kind.SPINE, -1, used > 1 ? used : 0));
    }

    @Override
    public String nameOf(int link) {
        if (link < firstGlobal) {
            int at = link / 2;
            return "group " + at / shape.switchesPerGroup() + " switch " + at % shape.switchesPerGroup() + " local"
                    + (link % 2 == 0 ? " out" : " in");
        }
        if (link < firstStraight) {
            return "group " + (link - firstGlobal) / 2 + " global" + (link % 2 == 0 ? " out" : " in");
        }
        int pair = link - firstStraight;
        return "group " + pair / used + " to group " + pair % used;
    }

    /// Between groups by way of one vertex for all global links of each group.
    @Override
    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (int port = 0; port < nodes * nics; port++) {
            var nic = new Vertex(Kind.NIC, port / nics, port % nics);
            var leaf = new Vertex(Kind.LEAF, -1, switchOf(port));
            edges.add(new Edge(nic, leaf, -1, TO_SWITCH));
            edges.add(new Edge(leaf, nic, -1, TO_SWITCH));
        }
        for (int at = 0; at < firstGlobal / 2; at++) {
            var leaf = new Vertex(Kind.LEAF, -1, at);
            var group = new Vertex(Kind.SPINE, -1, at / shape.switchesPerGroup());
            edges.add(new Edge(leaf, group, 2 * at, LOCAL));
            edges.add(new Edge(group, leaf, 2 * at + 1, LOCAL));
        }
        var middle = new Vertex(Kind.SPINE, -1, used);
        for (int group = 0; firstStraight > firstGlobal && group < used; group++) {
            var vertex = new Vertex(Kind.SPINE, -1, group);
            edges.add(new Edge(vertex, middle, firstGlobal + 2 * group, GLOBAL));
            edges.add(new Edge(middle, vertex, firstGlobal + 2 * group + 1, GLOBAL));
        }
        return edges;
    }
}
