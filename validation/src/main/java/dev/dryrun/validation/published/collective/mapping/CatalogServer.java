// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.NodeType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Servers whose GPUs are joined neither by switches nor all to all, as the catalog's nodes draw them.
///
/// A source names the card and how many a server has, not the board. So V100 modules are taken to sit on the board of
/// DGX-1, as in most servers of eight, and cards on the bus in a box with one processor for four and two for eight.
///
/// @param words one of which the product has in its name, in lower case
/// @param not a word that it must not have; empty where there is none
/// @param most GPUs of the server
/// @param node of the catalog
record CatalogServer(List<String> words, String not, int most, String node) {
    private static final String BUS = "pcie";

    private static final List<CatalogServer> ALL = List.of(
            new CatalogServer(List.of("v100"), BUS, 8, "dgx-1v"),
            new CatalogServer(List.of("v100"), BUS, 16, "dgx-2"),
            new CatalogServer(List.of("mi250"), "", 8, "frontier"),
            new CatalogServer(List.of("4090"), "", 4, "box-4x-rtx-4090"),
            new CatalogServer(List.of("4090"), "", 8, "box-8x-rtx-4090"),
            new CatalogServer(List.of("3090"), "", 4, "box-4x-rtx-3090"),
            new CatalogServer(List.of("3090"), "", 8, "box-8x-rtx-3090"),
            new CatalogServer(List.of("a100 pcie", "a100-pcie"), "", 4, "box-4x-a100-pcie"),
            new CatalogServer(List.of("a100 pcie", "a100-pcie"), "", 8, "box-8x-a100-pcie"),
            new CatalogServer(List.of("h100 pcie", "h100-pcie"), "", 4, "box-4x-h100-pcie"),
            new CatalogServer(List.of("h100 pcie", "h100-pcie"), "", 8, "box-8x-h100-pcie"),
            new CatalogServer(List.of("h100 nvl", "h100-nvl"), "", 4, "box-4x-h100-nvl"),
            new CatalogServer(List.of("h100 nvl", "h100-nvl"), "", 8, "box-8x-h100-nvl"),
            // The other cards on 16 lanes of the fourth generation.
            new CatalogServer(List.of("l40", "a40", "a6000", "a5000", "6000 ada"), "", 4, "box-4x-l40s"),
            new CatalogServer(List.of("l40", "a40", "a6000", "a5000", "6000 ada"), "", 8, "box-8x-l40s"));

    private boolean holds(String gpu, int gpus) {
        return gpus <= most && words.stream().anyMatch(gpu::contains) && (not.isEmpty() || !gpu.contains(not));
    }

    /// The node for so many GPUs of a product on a server; empty where switches or a mesh join them, or nothing known.
    static Optional<NodeType> of(String gpu, int gpusOfServer) {
        String lower = gpu.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(server -> server.holds(lower, gpusOfServer))
                .findFirst()
                .map(server -> read(server.node()));
    }

    private static NodeType read(String name) {
        var problems = new Problems();
        Document document = new Catalog(List.of()).find("nodes", name, problems);
        problems.throwIfAny();
        if (document == null) {
            throw new IllegalStateException("the catalog has no node " + name);
        }
        NodeType node = NodeType.read(name, document.root());
        problems.throwIfAny();
        return node;
    }
}
