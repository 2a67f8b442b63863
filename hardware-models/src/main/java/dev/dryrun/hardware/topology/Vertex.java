// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// A device in the graph of a cluster.
///
/// @param node the node it belongs to; -1 for what stands between nodes
/// @param index number among its like in the node, or between nodes
public record Vertex(Kind kind, int node, int index) {
    /// What a vertex is.
    public enum Kind {
        GPU,
        GPU_SWITCH,
        PCIE_SWITCH,
        /// A processor with its memory and its PCIe root.
        CPU,
        NIC,
        LEAF,
        SPINE
    }
}
