// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.LinkEfficiency;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;

/// What benchmarks ran on, with the constants of the catalog.
///
/// @param fabric between nodes
/// @param library that does the node's collectives
/// @param nodes most that a benchmark spans
record Machine(NodeType node, Fabric fabric, CollectiveLibrary library, int nodes) {
    LinkEfficiency links() {
        return library.linkEfficiency(node.link());
    }

    NetworkClass network() {
        return fabric.network();
    }

    boolean mesh() {
        return node.wiring() == DomainWiring.MESH;
    }

    /// The same for benchmarks that span so many nodes.
    Machine spanning(int count) {
        return new Machine(node, fabric, library, count);
    }
}
