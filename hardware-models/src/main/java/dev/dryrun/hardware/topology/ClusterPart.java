// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// Equal nodes of a cluster, one behind the other.
///
/// @param node their type
/// @param nodes how many of them
public record ClusterPart(NodeType node, int nodes) {
    public ClusterPart {
        if (nodes < 1 || (long) nodes * node.gpus() > Cluster.MOST_GPUS) {
            throw new IllegalArgumentException(
                    "nodes is " + nodes + "; it must be at least 1 and give at most 2^24 GPUs");
        }
    }

    int gpus() {
        return nodes * node.gpus();
    }

    int ports() {
        return nodes * node.nics();
    }
}
