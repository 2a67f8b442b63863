// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// Equal nodes behind one fabric. GPUs are numbered node by node.
public record Cluster(NodeType node, int nodes, Fabric fabric) {
    public Cluster {
        if (nodes < 1 || (long) nodes * node.gpus() > 1 << 24) {
            throw new IllegalArgumentException(
                    "nodes is " + nodes + "; it must be at least 1 and give at most 2^24 GPUs");
        }
        if (nodes > 1 && (node.nics() == 0 || fabric.shape() instanceof FabricShape.Alone)) {
            throw new IllegalArgumentException(
                    "nodes is " + nodes + ", but " + node.name() + " on fabric " + fabric.name() + " has no network");
        }
    }

    /// The links of the cluster, numbered anew in the same way at each call.
    public Network network() {
        return new Network(this);
    }

    /// The same with another number of nodes.
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
