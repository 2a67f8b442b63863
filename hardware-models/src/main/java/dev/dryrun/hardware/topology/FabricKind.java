// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// How the switches between nodes are arranged.
public enum FabricKind {
    /// No network: a node alone.
    SINGLE_NODE,
    /// Leaf and spine: all interfaces of a node on one leaf.
    FAT_TREE,
    /// Leaf and spine: interface k of every node of a unit on leaf k of that unit.
    RAIL_OPTIMISED;

    /// The links of a cluster that has this kind of fabric.
    FabricLinks links(Cluster cluster) {
        return switch (this) {
            case SINGLE_NODE, FAT_TREE, RAIL_OPTIMISED -> new LeafSpineLinks(cluster);
        };
    }
}
