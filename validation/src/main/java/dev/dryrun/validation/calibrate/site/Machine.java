// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.LinkEfficiency;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;

/// What benchmarks ran on, with the constants of the catalog.
///
/// @param fabric between nodes
/// @param library that does the node's collectives
/// @param nodes most that a benchmark spans
record Machine(NodeType node, Fabric fabric, CollectiveLibrary library, int nodes) {
    /// GPUs of a DGX-2.
    private static final int LARGEST_SERVER = 16;

    LinkEfficiency links() {
        return library.linkEfficiency(node.link());
    }

    NetworkClass network() {
        return fabric.network();
    }

    boolean mesh() {
        return node.wiring() == DomainWiring.MESH;
    }

    /// Whether a node is a rack, whose GPUs are those of several hosts: no server has more than sixteen.
    static boolean isRack(NodeType node) {
        return node.gpus() > LARGEST_SERVER;
    }

    /// Whether anything joins several of it.
    boolean hasNetwork() {
        return !(fabric.shape() instanceof FabricShape.Alone) && node.nics() > 0;
    }

    /// The same for benchmarks that span so many nodes.
    Machine spanning(int count) {
        return new Machine(node, fabric, library, count);
    }
}
