// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.List;

/// Nodes behind one fabric: all equal, or parts of equal ones. GPUs are numbered node by node, part after part.
///
/// @param parts of one type of node each
/// @param degraded what of it is slow or down; of a cluster of several parts nothing
public record Cluster(List<ClusterPart> parts, Fabric fabric, List<Degraded> degraded) {
    static final int MOST_GPUS = 1 << 24;
    /// Switches of a part are told from those of others by the upper bits of their numbers.
    public static final int MOST_PARTS = 7;

    public Cluster {
        parts = List.copyOf(parts);
        degraded = List.copyOf(degraded);
        if (parts.isEmpty() || parts.size() > MOST_PARTS) {
            throw new IllegalArgumentException("there are " + parts.size() + " parts; 1 to " + MOST_PARTS + " can be");
        }
        if (parts.stream().mapToLong(ClusterPart::gpus).sum() > MOST_GPUS) {
            throw new IllegalArgumentException("all parts together must give at most 2^24 GPUs");
        }
        int nodes = parts.stream().mapToInt(ClusterPart::nodes).sum();
        for (ClusterPart part : parts) {
            NodeType node = part.node();
            if (nodes > 1 && (node.nics() == 0 || fabric.shape() instanceof FabricShape.Alone)) {
                throw new IllegalArgumentException("nodes is " + nodes + ", but " + node.name() + " on fabric "
                        + fabric.name() + " has no network");
            }
        }
        if (parts.size() > 1 && !(fabric.shape() instanceof FabricShape.Clos)) {
            throw new IllegalArgumentException("parts are joined by the top of leaf and spine switches, and fabric "
                    + fabric.name() + " is of another kind");
        }
        if (parts.size() > 1 && !degraded.isEmpty()) {
            throw new IllegalArgumentException("of a cluster of several parts nothing can be degraded");
        }
    }

    /// Equal nodes.
    ///
    /// @param degraded what of them is slow or down
    public Cluster(NodeType node, int nodes, Fabric fabric, List<Degraded> degraded) {
        this(List.of(new ClusterPart(node, nodes)), fabric, degraded);
    }

    /// Equal nodes of which all is well.
    public Cluster(NodeType node, int nodes, Fabric fabric) {
        this(node, nodes, fabric, List.of());
    }

    /// The same cluster with these parts slow or down, and no others.
    public Cluster withDegraded(List<Degraded> other) {
        return new Cluster(parts, fabric, other);
    }

    /// The links of the cluster, numbered anew in the same way at each call.
    ///
    /// @throws IllegalArgumentException if what is written or left does not hold it together
    public Network network() {
        return new Network(this);
    }

    /// The same with another number of nodes, of which all is well.
    Cluster ofNodes(int count) {
        return new Cluster(node(), count, fabric);
    }

    /// The same with so many times the nodes in each part.
    public Cluster times(int growth) {
        return new Cluster(
                parts.stream()
                        .map(part -> new ClusterPart(part.node(), part.nodes() * growth))
                        .toList(),
                fabric,
                degraded);
    }

    /// Whether there are several types of nodes.
    public boolean isMixed() {
        return parts.size() > 1;
    }

    /// Type of all nodes; of the first part where there are several.
    public NodeType node() {
        return parts.getFirst().node();
    }

    public int nodes() {
        int nodes = 0;
        for (ClusterPart part : parts) {
            nodes += part.nodes();
        }
        return nodes;
    }

    public int gpus() {
        return firstGpuOfPart(parts.size());
    }

    private int firstGpuOfPart(int part) {
        int gpus = 0;
        for (int before = 0; before < part; before++) {
            gpus += parts.get(before).gpus();
        }
        return gpus;
    }

    /// First node of a part.
    public int firstNodeOf(int part) {
        int nodes = 0;
        for (int before = 0; before < part; before++) {
            nodes += parts.get(before).nodes();
        }
        return nodes;
    }

    /// The part that a GPU is of.
    public int partOf(int gpu) {
        int part = 0;
        int behind = parts.getFirst().gpus();
        while (gpu >= behind && part < parts.size() - 1) {
            part++;
            behind += parts.get(part).gpus();
        }
        return part;
    }

    /// The part that a node is of.
    int partOfNode(int nodeIndex) {
        int part = 0;
        int behind = parts.getFirst().nodes();
        while (nodeIndex >= behind && part < parts.size() - 1) {
            part++;
            behind += parts.get(part).nodes();
        }
        return part;
    }

    /// Type of a node.
    public NodeType node(int nodeIndex) {
        return parts.get(partOfNode(nodeIndex)).node();
    }

    public int nodeOf(int gpu) {
        int part = partOf(gpu);
        return firstNodeOf(part)
                + (gpu - firstGpuOfPart(part)) / parts.get(part).node().gpus();
    }

    /// Position of a GPU within its node.
    public int localOf(int gpu) {
        int part = partOf(gpu);
        return (gpu - firstGpuOfPart(part)) % parts.get(part).node().gpus();
    }

    /// First GPU of a node.
    public int firstGpuOf(int nodeIndex) {
        int part = partOfNode(nodeIndex);
        return firstGpuOfPart(part)
                + (nodeIndex - firstNodeOf(part)) * parts.get(part).node().gpus();
    }

    /// First interface of a node, all being counted node by node.
    int firstPortOf(int nodeIndex) {
        int part = partOfNode(nodeIndex);
        int ports = 0;
        for (int before = 0; before < part; before++) {
            ports += parts.get(before).ports();
        }
        return ports + (nodeIndex - firstNodeOf(part)) * parts.get(part).node().nics();
    }

    /// The node that an interface is of.
    int nodeOfPort(int port) {
        int part = 0;
        int before = 0;
        while (port >= before + parts.get(part).ports()) {
            before += parts.get(part).ports();
            part++;
        }
        return firstNodeOf(part) + (port - before) / parts.get(part).node().nics();
    }

    /// Interfaces of all nodes.
    int ports() {
        int ports = 0;
        for (ClusterPart part : parts) {
            ports += part.ports();
        }
        return ports;
    }
}
