// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Leaves and a spine: up and down of each leaf. The parallel links from a leaf to the spines are one link each way;
/// what stands above them never binds.
final class LeafSpineLinks implements FabricLinks {
    private static final double NIC_TO_LEAF = 1;
    /// Crossing the spine is preferred to a detour over another GPU's interface.
    private static final double LEAF_TO_SPINE = 0.25;

    private final Cluster cluster;
    private final int nodesPerLeaf;
    private final boolean rails;
    private final double[] capacity;

    LeafSpineLinks(Cluster cluster) {
        this.cluster = cluster;
        NodeType node = cluster.node();
        Fabric fabric = cluster.fabric();
        nodesPerLeaf = fabric.nodesPerLeaf(node);
        rails = fabric.kind() == FabricKind.RAIL_OPTIMISED;
        int units = Math.ceilDiv(cluster.nodes(), nodesPerLeaf);
        int leaves = cluster.nodes() == 1 ? 0 : rails ? units * node.nics() : units;
        capacity = new double[leaves <= 1 ? 0 : 2 * leaves];
        Arrays.fill(capacity, fabric.nicsPerLeaf(node) * node.nicBytesPerSecond() / fabric.oversubscription());
    }

    @Override
    public double[] capacityBytesPerSecond() {
        return capacity;
    }

    private int leafOf(int node, int nic) {
        int unit = node / nodesPerLeaf;
        return rails ? unit * cluster.node().nics() + nic : unit;
    }

    @Override
    public int addWay(int fromNode, int fromNic, int toNode, int toNic, double share, int first, RouteBuilder route) {
        int leafFrom = leafOf(fromNode, fromNic);
        int leafTo = leafOf(toNode, toNic);
        if (leafFrom == leafTo) {
            return 1;
        }
        route.add(first + 2 * leafFrom, share);
        route.add(first + 2 * leafTo + 1, share);
        return 3;
    }

    @Override
    public String nameOf(int link) {
        return "leaf " + link / 2 + (link % 2 == 0 ? " up" : " down");
    }

    @Override
    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (int node = 0; node < cluster.nodes(); node++) {
            for (int nic = 0; nic < cluster.node().nics(); nic++) {
                var leaf = new Vertex(Kind.LEAF, -1, leafOf(node, nic));
                edges.add(new Edge(new Vertex(Kind.NIC, node, nic), leaf, -1, NIC_TO_LEAF));
                edges.add(new Edge(leaf, new Vertex(Kind.NIC, node, nic), -1, NIC_TO_LEAF));
            }
        }
        var spine = new Vertex(Kind.SPINE, -1, 0);
        for (int leaf = 0; leaf < capacity.length / 2; leaf++) {
            var vertex = new Vertex(Kind.LEAF, -1, leaf);
            edges.add(new Edge(vertex, spine, 2 * leaf, LEAF_TO_SPINE));
            edges.add(new Edge(spine, vertex, 2 * leaf + 1, LEAF_TO_SPINE));
        }
        return edges;
    }
}
