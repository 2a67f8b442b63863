// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What came of a graph: a node of the catalog, or the block `cluster` of a scenario where there are several machines.
///
/// @param yaml as it is written, with comments on what was assumed
/// @param machines how many the file describes
/// @param findings what became of the parts of the file
public record GraphImport(String yaml, int machines, List<Finding> findings) {
    public GraphImport {
        findings = List.copyOf(findings);
    }

    /// Reads a file; null where it cannot be used, which is told to the source's problems.
    ///
    /// @param title of the node
    public static @Nullable GraphImport of(GraphFormat format, GraphSource source, String title) {
        int before = source.problems().count();
        MachineGraph graph = format.read(source);
        if (graph == null || source.problems().count() > before) {
            return null;
        }
        if (!OnePiece.check(graph, source.start(), source.problems())
                || !new Outside(graph, source.problems()).check()) {
            return null;
        }
        List<String> machines = graph.machines();
        String from = "imported from " + source.name() + " (" + format.name() + ")";
        List<String> body = machines.size() == 1
                ? node(graph, title, from)
                : ClusterYaml.lines(graph, title, from, source.problems());
        if (body.isEmpty()) {
            return null;
        }
        List<String> lines = new ArrayList<>(head(source, format, graph, machines.size()));
        lines.addAll(body);
        return new GraphImport(String.join("\n", lines) + "\n", machines.size(), graph.findings());
    }

    private static List<String> node(MachineGraph graph, String title, String from) {
        List<Integer> nics = new NicChoice(graph).inOrder();
        return new NodeYaml(graph, nics).lines(title, from);
    }

    private static List<String> head(GraphSource source, GraphFormat format, MachineGraph graph, int machines) {
        List<String> lines = new ArrayList<>();
        lines.add("# Made by dryrun network import from " + clean(source.name()) + " (" + format.name() + ").");
        lines.add("# " + (machines == 1 ? "A node of the catalog: " : machines + " machines: ") + counts(graph) + ".");
        Set<String> assumed = new TreeSet<>();
        for (Finding finding : graph.findings()) {
            if (finding.fate() == Finding.Fate.ASSUMED) {
                assumed.add("# Assumed, " + clean(finding.what()) + ": " + clean(finding.note()) + ".");
            }
        }
        lines.addAll(assumed);
        return lines;
    }

    private static String counts(MachineGraph graph) {
        List<String> counts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            boolean between = kind == Kind.LEAF || kind == Kind.SPINE;
            int count = graph.ofKind(kind).size();
            if (count > 0 && !between) {
                counts.add(count + " " + Entry.kebab(kind));
            }
        }
        int between = graph.ofKind(Kind.LEAF).size() + graph.ofKind(Kind.SPINE).size();
        if (between > 0) {
            counts.add(between + " switches between machines");
        }
        return String.join(", ", counts);
    }

    private static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
    }
}
