// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.scenario.graph.Finding;
import dev.dryrun.scenario.graph.GraphFile;
import dev.dryrun.scenario.graph.GraphImport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The key `topology` of a node: a graph that another program wrote, over whose node the block's own keys are laid.
///
///     cluster: {node: {topology: topo.xml, accelerator: h100-sxm-80gb}, nodes: 4}
final class TopologyKey {
    private static final String KEY = "topology";

    private TopologyKey() {}

    /// The document laid over the node of the graph that it names; the document alone where it names none.
    ///
    /// @param resolve the place of a file that the document names; null where there is none
    /// @param shown the name of a place in messages
    static Laid lay(
            Catalog catalog,
            Document document,
            Function<String, @Nullable Path> resolve,
            Function<Path, String> shown,
            Problems problems) {
        Entry node = nodeOf(document);
        if (node == null || !node.has(KEY)) {
            return Laid.alone(document);
        }
        check(catalog, node);
        problems.throwIfAny();
        Path file = resolve.apply(node.text(KEY));
        if (file == null) {
            node.problem(KEY, node.shown(KEY), "must be a file, by its path from this one", "");
            problems.throwIfAny();
            return Laid.alone(document);
        }
        String name = shown.apply(file);
        double rate = node.has("nic_bandwidth") ? node.quantity("nic_bandwidth", Unit.BYTES_PER_SECOND) : 0;
        GraphImport imported = GraphFile.read(
                name,
                file,
                null,
                node.optionalText("accelerator"),
                rate > 0 ? OptionalDouble.of(rate) : OptionalDouble.empty(),
                catalog,
                problems);
        if (imported != null && imported.machines() > 1) {
            node.problem(
                    KEY,
                    node.shown(KEY),
                    "describes " + imported.machines() + " machines and must describe one",
                    "dryrun network import, which writes a block cluster");
        }
        problems.throwIfAny();
        if (imported == null) {
            throw new IllegalStateException(name + " gave no node, but no problem was told");
        }
        String yaml = "name: " + ScenarioReader.stem(name).replaceAll("[^A-Za-z0-9._-]", "-") + "\n" + imported.yaml();
        Document below = Document.read(name, yaml, problems).under("cluster", "node");
        Document alone = document.without("cluster", "node", KEY);
        return new Laid(alone.over(below), List.of(), assumed(imported));
    }

    /// What stands beside the key and says what the graph is read as.
    private static void check(Catalog catalog, Entry node) {
        node.text(KEY);
        if (node.has("extends")) {
            node.problem("extends", node.shown("extends"), "must not stand beside a topology, which is a node too", "");
        }
        String accelerator = node.optionalText("accelerator");
        List<String> known = catalog.names("accelerators");
        if (accelerator != null && node.isSound("accelerator") && !known.contains(accelerator)) {
            String nearest = Nearest.quoted(accelerator, known);
            node.problem("accelerator", node.shown("accelerator"), "no such accelerator is in the catalog", nearest);
        }
    }

    private static @Nullable Entry nodeOf(Document document) {
        if (!document.readable() || !document.root().hasMapping("cluster")) {
            return null;
        }
        Entry cluster = document.root().optionalChild("cluster");
        return cluster.hasMapping("node") ? cluster.optionalChild("node") : null;
    }

    private static List<String> assumed(GraphImport imported) {
        List<String> assumed = new ArrayList<>();
        for (Finding finding : imported.findings()) {
            if (finding.fate() != Finding.Fate.READ) {
                assumed.add("cluster.node.topology: " + finding.what() + ": " + finding.note());
            }
        }
        return assumed;
    }
}
