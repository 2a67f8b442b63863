// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.NodeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which nodes of the catalog a benchmark may have run on, by the name of its GPUs and how many a host has.
///
/// Nodes that differ in nothing that a benchmark uses (on one host: in their interfaces) are one answer, the first by
/// name.
public final class NodeFinder {
    private final List<NodeType> nodes = new ArrayList<>();

    public NodeFinder(Catalog catalog) {
        for (String name : catalog.names("nodes")) {
            var problems = new Problems();
            Document document = catalog.find("nodes", name, problems);
            NodeType node = document == null || !document.readable() ? null : NodeType.read(name, document.root());
            if (node != null && problems.isEmpty() && !node.library().isEmpty()) {
                nodes.add(node);
            }
        }
    }

    /// Names of nodes, one for each kind that differs in what counts.
    ///
    /// @param perHost GPUs that the benchmark used of a host
    /// @param severalHosts whether it used their interfaces
    public List<String> fitting(String product, int perHost, boolean severalHosts) {
        var device = new DeviceName(product);
        List<NodeType> named = nodes.stream()
                .filter(node -> device.fits(node.accelerator()) && node.gpus() >= perHost)
                .toList();
        List<NodeType> full =
                named.stream().filter(node -> node.gpus() == perHost).toList();
        Map<List<Object>, String> kinds = new LinkedHashMap<>();
        for (NodeType node : full.isEmpty() ? named : full) {
            kinds.putIfAbsent(kind(node, severalHosts), node.name());
        }
        return List.copyOf(kinds.values());
    }

    private static List<Object> kind(NodeType node, boolean severalHosts) {
        List<Object> inside = List.of(
                node.library(), node.gpus(), node.wiring(), node.link(), node.linkBytesPerSecond(), node.links());
        return severalHosts
                ? List.of(inside, node.nics(), node.nicBytesPerSecond(), node.pcieBytesPerSecond())
                : inside;
    }
}
