// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.List;

/// Equal nodes behind one fabric. GPUs are numbered node by node.
///
/// @param degraded what of it is slow or down
public record Cluster(NodeType node, int nodes, Fabric fabric, List<Degraded> degraded) {
    public Cluster {
        degraded = List.copyOf(degraded);
        if (nodes < 1 || (long) nodes * node.gpus() > 1 << 24) {
            throw new IllegalArgumentException(
                    "nodes is " + nodes + "; it must be at least 1 and give at most 2^24 GPUs");
        }
        if (nodes > 1 && (node.nics() == 0 || fabric.shape() instanceof FabricShape.Alone)) {
            throw new IllegalArgumentException(
                    "nodes is " + nodes + ", but " + node.name() + " on fabric " + fabric.name() + " has no network");
        }
    }

    /// A cluster of which all is well.
    public Cluster(NodeType node, int nodes, Fabric fabric) {
        this(node, nodes, fabric, List.of());
    }

    /// The same cluster with these parts slow or down, and no others.
    public Cluster withDegraded(List<Degraded> parts) {
        return new Cluster(node, nodes, fabric, parts);
    }

    /// The links of the cluster, numbered anew in the same way at each call.
    ///
    /// @throws IllegalArgumentException if what is written or left does not hold it together
    public Network network() {
        return new Network(this);
    }

    /// The same with another number of nodes, of which all is well.
    Cluster ofNodes(int count) {
        return new Cluster(node, count, fabric);
    }

    public int gpus() {
        return nodes * node.gpus();
    }

    public int nodeOf(int gpu) {
        return gpu / node.gpus();
    }

    /// Position of a GPU within its node.
    public int localOf(int gpu) {
        return gpu % node.gpus();
    }
}
