// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static dev.dryrun.sim.random.RandomStreams.mix64;

import dev.dryrun.hardware.topology.FabricShape.Clos;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Links of a folded Clos: up and down of each leaf, then up and down of each group of each tier above.
///
/// The parallel links from a leaf upwards are one link each way, but where routing is by a hash or some are degraded:
/// there each is a resource of its own. By a hash the way down comes from the spine that it drew.
final class ClosLinks implements FabricLinks {
    private static final double NIC_TO_LEAF = 1;
    /// Climbing is preferred to a detour over another GPU's interface.
    private static final double CLIMB = 0.25;

    private final Clos shape;
    private final int nics;
    private final int nodes;
    private final int nodesPerLeaf;
    private final int leavesPerUnit;
    /// Links from a leaf upwards that are resources of their own.
    private final int lanes;
    /// First link of each tier above the leaves; the last one is the number of links.
    private final int[] firstOfTier;
    /// Units in a group of each tier above the leaves.
    private final int[] unitsOfGroup;
    private final double[] capacity;

    /// @param oneByOne whether the links from a leaf upwards are resources of their own
    ClosLinks(Clos shape, Cluster cluster, boolean oneByOne) {
        this.shape = shape;
        NodeType node = cluster.node();
        nics = node.nics();
        nodes = cluster.nodes();
        nodesPerLeaf = shape.nodesPerLeaf(node);
        leavesPerUnit = (shape.rails() ? nics : 1) * shape.planes();
        int units = Math.ceilDiv(nodes, nodesPerLeaf);
        int leaves = units * leavesPerUnit <= 1 ? 0 : units * leavesPerUnit;
        int nicsPerLeaf = shape.rails() ? nodesPerLeaf : nodesPerLeaf * nics;
        double leafUp = nicsPerLeaf * node.nicBytesPerSecond() / (shape.oversubscription() * shape.planes());
        lanes = oneByOne ? Math.max(1, shape.leafPorts() - shape.downPorts()) : 1;
        int tiers = leaves == 0 ? 0 : shape.tiers().size();
        firstOfTier = new int[tiers + 1];
        unitsOfGroup = new int[tiers];
        double[] groupUp = new double[tiers];
        int next = 2 * leaves * lanes;
        int width = 1;
        double unitUp = leafUp * leavesPerUnit;
        for (int tier = 0; tier < tiers; tier++) {
            width = Math.multiplyExact(width, shape.tiers().get(tier).width());
            unitUp /= shape.tiers().get(tier).oversubscription();
            unitsOfGroup[tier] = width;
            groupUp[tier] = unitUp * width;
            firstOfTier[tier] = next;
            int groups = Math.ceilDiv(units, width);
            next += groups <= 1 ? 0 : 2 * groups;
        }
        firstOfTier[tiers] = next;
        capacity = new double[next];
        Arrays.fill(capacity, 0, 2 * leaves * lanes, leafUp / lanes);
        for (int tier = 0; tier < tiers; tier++) {
            Arrays.fill(capacity, firstOfTier[tier], firstOfTier[tier + 1], groupUp[tier]);
        }
    }

    @Override
    public double[] capacityBytesPerSecond() {
        return capacity;
    }

    private int unitOf(int port) {
        return port / nics / nodesPerLeaf;
    }

    private int leafOf(int port, int plane) {
        int rail = shape.rails() ? port % nics : 0;
        return unitOf(port) * leavesPerUnit + rail * shape.planes() + plane;
    }

    @Override
    public void addWay(int from, int to, double share, int first, RouteBuilder route) {
        int tiersClimbed = tiersBetween(from, to);
        for (int plane = 0; plane < shape.planes(); plane++) {
            int leafFrom = leafOf(from, plane);
            int leafTo = leafOf(to, plane);
            if (leafFrom == leafTo) {
                route.through(1);
                continue;
            }
            double part = share / shape.planes();
            int lane = lanes == 1 ? 0 : drawn(from, to, plane);
            route.add(first + 2 * (leafFrom * lanes + lane), part);
            for (int tier = 0; tier < tiersClimbed; tier++) {
                route.add(first + groupLink(tier, from), part);
            }
            for (int tier = tiersClimbed - 1; tier >= 0; tier--) {
                route.add(first + groupLink(tier, to) + 1, part);
            }
            route.add(first + 2 * (leafTo * lanes + lane) + 1, part);
            route.through(3 + 2 * tiersClimbed);
        }
    }

    @Override
    public void addWayOut(int port, boolean out, double share, int first, RouteBuilder route) {
        int way = out ? 0 : 1;
        for (int plane = 0; plane < shape.planes() && firstOfTier[0] > 0; plane++) {
            int lane = lanes == 1 ? 0 : drawn(port, -1, plane);
            route.add(first + 2 * (leafOf(port, plane) * lanes + lane) + way, share / shape.planes());
        }
        for (int tier = 0; tier < unitsOfGroup.length && firstOfTier[tier + 1] > firstOfTier[tier]; tier++) {
            route.add(first + groupLink(tier, port) + way, share);
        }
        route.through(2 + unitsOfGroup.length);
    }

    @Override
    public List<Vertex> top() {
        if (firstOfTier[0] == 0) {
            return List.of(new Vertex(Kind.LEAF, -1, 0));
        }
        List<Vertex> top = new ArrayList<>();
        for (int lane = 0; lane < (unitsOfGroup.length == 0 ? lanes : 1); lane++) {
            top.add(above(unitsOfGroup.length, 0, lane));
        }
        return top;
    }

    /// The spine of a flow by a hash of its ends, as ECMP draws it: the same flow always takes the same way.
    private int drawn(int from, int to, int plane) {
        long hash = mix64(mix64(mix64(mix64(shape.seed()) + from) + to) + plane);
        return (int) Long.remainderUnsigned(hash, lanes);
    }

    /// Tiers of groups that a way leaves and enters: those whose groups do not hold both ends.
    private int tiersBetween(int from, int to) {
        int tier = 0;
        while (tier < unitsOfGroup.length && unitOf(from) / unitsOfGroup[tier] != unitOf(to) / unitsOfGroup[tier]) {
            tier++;
        }
        return tier;
    }

    private int groupLink(int tier, int port) {
        return firstOfTier[tier] + 2 * (unitOf(port) / unitsOfGroup[tier]);
    }

    @Override
    public String nameOf(int link) {
        String direction = link % 2 == 0 ? " up" : " down";
        if (link < firstOfTier[0]) {
            int lane = link / 2 % lanes;
            return "leaf " + link / 2 / lanes + direction + (lanes > 1 ? " to spine " + lane : "");
        }
        int tier = 0;
        while (link >= firstOfTier[tier + 1]) {
            tier++;
        }
        return "tier " + (tier + 2) + " group " + (link - firstOfTier[tier]) / 2 + direction;
    }

    @Override
    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (int port = 0; port < nodes * nics; port++) {
            var nic = new Vertex(Kind.NIC, port / nics, port % nics);
            for (int plane = 0; plane < shape.planes(); plane++) {
                both(edges, nic, new Vertex(Kind.LEAF, -1, leafOf(port, plane)), -1, NIC_TO_LEAF);
            }
        }
        int tiers = unitsOfGroup.length;
        for (int leaf = 0; leaf < firstOfTier[0] / 2 / lanes; leaf++) {
            var vertex = new Vertex(Kind.LEAF, -1, leaf);
            for (int lane = 0; lane < lanes; lane++) {
                both(edges, vertex, above(0, leaf / leavesPerUnit, lane), 2 * (leaf * lanes + lane), CLIMB);
            }
        }
        for (int tier = 0; tier < tiers; tier++) {
            for (int link = firstOfTier[tier]; link < firstOfTier[tier + 1]; link += 2) {
                int group = (link - firstOfTier[tier]) / 2;
                for (int lane = 0; lane < (tier == 0 ? lanes : 1); lane++) {
                    int unit = group * unitsOfGroup[tier];
                    both(edges, above(tier, unit, lane), above(tier + 1, unit, 0), link, CLIMB);
                }
            }
        }
        return edges;
    }

    /// The switch, or the sum of switches, above a tier: the spines of a group, or the top of all.
    private Vertex above(int tier, int unit, int lane) {
        int group = tier < unitsOfGroup.length ? unit / unitsOfGroup[tier] : 0;
        return new Vertex(Kind.SPINE, -1, (tier << 24) + group * lanes + lane);
    }

    private static void both(List<Edge> edges, Vertex a, Vertex b, int link, double weight) {
        edges.add(new Edge(a, b, link, weight));
        edges.add(new Edge(b, a, link < 0 ? -1 : link + 1, weight));
    }
}
