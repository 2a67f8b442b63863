// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import java.util.Arrays;
import org.jgrapht.Graph;

/// The links of a cluster as numbered resources with raw capacities per direction, and the routes over them.
///
/// Resources in this order: links between the GPUs of each node (switched: out and in of each GPU; mesh: one for
/// each ordered pair), out and in of each interface, PCIe out and in of each GPU (only where PCIe is the narrower),
/// up and down of each leaf. The parallel links from a leaf to the spines are one resource, which is exact where
/// the load spreads evenly over them. A network is a few numbers and one array; nothing is stored per route.
public final class Network {
    private final Cluster cluster;
    private final NodeType node;
    private final Fabric fabric;
    private final int domainLinksPerNode;
    private final int firstNic;
    private final int firstPcie;
    private final int firstLeaf;
    private final int nodesPerLeaf;
    private final double[] capacity;

    public Network(Cluster cluster) {
        this.cluster = cluster;
        node = cluster.node();
        fabric = cluster.fabric();
        domainLinksPerNode = node.gpus() == 1
                ? 0
                : switch (node.wiring()) {
                    case SWITCHED -> 2 * node.gpus();
                    case MESH -> node.gpus() * (node.gpus() - 1);
                    case HYBRID_CUBE_MESH, TWO_ISLANDS, DIE_PAIRS, TORUS_2D, TORUS_3D, PCIE_TREE ->
                        throw notSimulated(node);
                };
        nodesPerLeaf = fabric.nodesPerLeaf(node);
        int nics = cluster.nodes() == 1 ? 0 : cluster.nodes() * node.nics();
        int units = Math.ceilDiv(cluster.nodes(), nodesPerLeaf);
        int leaves = nics == 0
                ? 0
                : switch (fabric.kind()) {
                    case SINGLE_NODE -> 0;
                    case FAT_TREE -> units == 1 ? 0 : units;
                    case RAIL_OPTIMISED -> units * node.nics() == 1 ? 0 : units * node.nics();
                };
        firstNic = Math.multiplyExact(cluster.nodes(), domainLinksPerNode);
        firstPcie = firstNic + 2 * nics;
        firstLeaf = firstPcie + (nics > 0 && node.pcieBinds() ? 2 * cluster.gpus() : 0);
        capacity = new double[firstLeaf + 2 * leaves];
        Arrays.fill(capacity, 0, firstNic, node.linkBytesPerSecond());
        Arrays.fill(capacity, firstNic, firstPcie, node.nicBytesPerSecond());
        Arrays.fill(capacity, firstPcie, firstLeaf, node.pcieBytesPerSecond());
        double uplink = fabric.nicsPerLeaf(node) * node.nicBytesPerSecond() / fabric.oversubscription();
        Arrays.fill(capacity, firstLeaf, capacity.length, uplink);
    }

    static IllegalArgumentException notSimulated(NodeType node) {
        return new IllegalArgumentException(
                node.name() + " is wired as " + Entry.kebab(node.wiring()) + ", which is described but not simulated");
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

    /// From a GPU to the switches of its node. Only where wiring is switched.
    public int gpuOut(int gpu) {
        return 2 * gpu;
    }

    /// From the switches of its node to a GPU. Only where wiring is switched.
    public int gpuIn(int gpu) {
        return 2 * gpu + 1;
    }

    /// From one GPU of a mesh to another of the same node.
    public int meshLink(int from, int to) {
        int a = cluster.localOf(from);
        int b = cluster.localOf(to);
        return cluster.nodeOf(from) * domainLinksPerNode + a * (node.gpus() - 1) + (b < a ? b : b - 1);
    }

    int nicOut(int nodeIndex, int nic) {
        return firstNic + 2 * (nodeIndex * node.nics() + nic);
    }

    int pcieOut(int gpu) {
        return firstPcie + 2 * gpu;
    }

    int leafUp(int leaf) {
        return firstLeaf + 2 * leaf;
    }

    int leafOf(int nodeIndex, int nic) {
        return switch (fabric.kind()) {
            case SINGLE_NODE, FAT_TREE -> nodeIndex / nodesPerLeaf;
            case RAIL_OPTIMISED -> nodeIndex / nodesPerLeaf * node.nics() + nic;
        };
    }

    boolean hasPcieLinks() {
        return firstLeaf > firstPcie;
    }

    boolean hasLeafLinks() {
        return capacity.length > firstLeaf;
    }

    /// The way from one GPU to another: over the links of the node where they share one, else through the
    /// interfaces of both, and through the spine where those hang on different leaves.
    public Route route(int from, int to) {
        if (from == to) {
            return new Route(new int[0], new double[0], 0);
        }
        if (cluster.nodeOf(from) == cluster.nodeOf(to)) {
            return switch (node.wiring()) {
                case SWITCHED -> new Route(new int[] {gpuOut(from), gpuIn(to)}, new double[] {1, 1}, 0);
                case MESH -> new Route(new int[] {meshLink(from, to)}, new double[] {1}, 0);
                case HYBRID_CUBE_MESH, TWO_ISLANDS, DIE_PAIRS, TORUS_2D, TORUS_3D, PCIE_TREE ->
                    throw notSimulated(node);
            };
        }
        int side = node.nicsPerGpu();
        int[] resources = new int[4 * side + 2];
        double[] shares = new double[4 * side + 2];
        int size = 0;
        int switches = 1;
        int nicFrom = node.firstNicOf(cluster.localOf(from));
        int nicTo = node.firstNicOf(cluster.localOf(to));
        if (hasPcieLinks()) {
            resources[size] = pcieOut(from);
            shares[size++] = 1;
        }
        for (int k = 0; k < side; k++) {
            resources[size] = nicOut(cluster.nodeOf(from), nicFrom + k);
            shares[size++] = 1.0 / side;
        }
        int firstUp = size;
        for (int k = 0; k < side; k++) {
            int leafFrom = leafOf(cluster.nodeOf(from), nicFrom + k);
            int leafTo = leafOf(cluster.nodeOf(to), nicTo + k);
            if (leafFrom != leafTo) {
                switches = 3;
                size = add(resources, shares, firstUp, size, leafUp(leafFrom), 1.0 / side);
                size = add(resources, shares, firstUp, size, leafUp(leafTo) + 1, 1.0 / side);
            }
        }
        for (int k = 0; k < side; k++) {
            resources[size] = nicOut(cluster.nodeOf(to), nicTo + k) + 1;
            shares[size++] = 1.0 / side;
        }
        if (hasPcieLinks()) {
            resources[size] = pcieOut(to) + 1;
            shares[size++] = 1;
        }
        double latencySeconds = 2 * fabric.nicLatencySeconds() + switches * fabric.switchLatencySeconds();
        return new Route(Arrays.copyOf(resources, size), Arrays.copyOf(shares, size), latencySeconds);
    }

    private static int add(int[] resources, double[] shares, int first, int size, int resource, double share) {
        for (int i = first; i < size; i++) {
            if (resources[i] == resource) {
                shares[i] += share;
                return size;
            }
        }
        resources[size] = resource;
        shares[size] = share;
        return size + 1;
    }

    /// What a resource is, for people.
    public String nameOf(int resource) {
        String direction = (resource & 1) == 0 ? " out" : " in";
        if (resource < 0 || resource >= capacity.length) {
            throw new IllegalArgumentException("resource is " + resource + "; there are " + capacity.length);
        }
        if (resource < firstNic) {
            int nodeIndex = resource / domainLinksPerNode;
            int link = resource % domainLinksPerNode;
            return switch (node.wiring()) {
                case SWITCHED -> "node " + nodeIndex + " gpu " + link / 2 + " " + node.link() + direction;
                case MESH -> {
                    int a = link / (node.gpus() - 1);
                    int b = link % (node.gpus() - 1);
                    yield "node " + nodeIndex + " gpu " + a + " to gpu " + (b < a ? b : b + 1) + " " + node.link();
                }
                case HYBRID_CUBE_MESH, TWO_ISLANDS, DIE_PAIRS, TORUS_2D, TORUS_3D, PCIE_TREE ->
                    throw notSimulated(node);
            };
        }
        if (resource < firstPcie) {
            int nic = (resource - firstNic) / 2;
            boolean out = (resource - firstNic) % 2 == 0;
            return "node " + nic / node.nics() + " nic " + nic % node.nics() + (out ? " out" : " in");
        }
        if (resource < firstLeaf) {
            int gpu = (resource - firstPcie) / 2;
            boolean out = (resource - firstPcie) % 2 == 0;
            return "node " + cluster.nodeOf(gpu) + " gpu " + cluster.localOf(gpu) + " pcie" + (out ? " out" : " in");
        }
        int leaf = (resource - firstLeaf) / 2;
        return "leaf " + leaf + ((resource - firstLeaf) % 2 == 0 ? " up" : " down");
    }

    /// The same cluster as a graph, for questions that need one. Built anew at each call.
    public Graph<Vertex, Link> asGraph() {
        return ClusterGraph.of(this);
    }
}
