// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.graphml;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.graph.GpuFacts;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import dev.dryrun.scenario.graph.Rates;
import dev.dryrun.scenario.graph.xml.XmlElement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parts and cables of a graph.
final class GraphMlReader {
    private static final Pattern OURS = Pattern.compile("node-(\\d+)-(.+)");
    private static final int MOST = 1024;
    private static final String ONLY = "machine";

    private final GraphSource source;
    private final Attributes attributes;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, Integer> numberOf = new HashMap<>();

    /// One direction of a connection, or both where edges have none.
    private record Edge(XmlElement element, int from, int to, double bytesPerSecond, int count, String link) {}

    GraphMlReader(GraphSource source, XmlElement root) {
        this.source = source;
        attributes = new Attributes(root);
        for (Kind kind : Kind.values()) {
            kinds.put(Entry.kebab(kind), kind);
        }
    }

    @Nullable
    MachineGraph read(XmlElement root) {
        int before = source.problems().count();
        GpuFacts gpu = source.gpu(accelerator(root));
        if (gpu == null) {
            return null;
        }
        var graph = new MachineGraph(gpu);
        root.all("node").forEach(node -> node(node, graph));
        boolean directed = !root.attribute("edgedefault", "directed").equals("undirected");
        Map<List<Integer>, List<Edge>> edges = new LinkedHashMap<>();
        for (XmlElement element : root.all("edge")) {
            Edge edge = edge(element, graph);
            if (edge != null) {
                edges.computeIfAbsent(
                                List.of(Math.min(edge.from(), edge.to()), Math.max(edge.from(), edge.to())),
                                pair -> new ArrayList<>())
                        .add(edge);
            }
        }
        edges.values().forEach(pair -> join(pair, directed, graph));
        return source.problems().count() > before ? null : graph;
    }

    /// What the first node that says so says; all others must say the same.
    private @Nullable String accelerator(XmlElement root) {
        String first = null;
        for (XmlElement node : root.all("node")) {
            String named = attributes.of(node).get("accelerator");
            if (named == null || source.accelerator() != null) {
                continue;
            }
            if (first != null && !first.equals(named)) {
                source.wrong(
                        node.at(),
                        "node " + node.attribute("id", "") + ", accelerator",
                        "\"" + named + "\"",
                        "all GPUs must be alike, and another is " + first,
                        "");
                return first;
            }
            first = named;
        }
        return first;
    }

    private void node(XmlElement node, MachineGraph graph) {
        Map<String, String> values = attributes.of(node);
        String id = node.attribute("id", "");
        String written = values.getOrDefault("kind", "");
        Kind kind = kinds.get(written);
        if (id.isEmpty() || kind == null) {
            source.wrong(
                    node.at(),
                    id.isEmpty() ? "node.id" : "node " + id + ", kind",
                    id.isEmpty() || written.isEmpty() ? "missing" : "\"" + written + "\"",
                    id.isEmpty() ? "every node needs one" : "must be one of " + String.join(", ", kinds.keySet()),
                    Nearest.quoted(written, kinds.keySet()));
            return;
        }
        Matcher ours = OURS.matcher(id);
        boolean between = isBetween(kind);
        boolean named = values.containsKey("node");
        String machine = named ? values.getOrDefault("node", "") : ours.matches() ? ours.group(1) : ONLY;
        boolean outside = !named && !ours.matches() && between;
        int number = graph.add(kind, id, outside ? "" : machine, node.at());
        if (numberOf.putIfAbsent(id, number) != null) {
            source.wrong(node.at(), "node.id", "\"" + id + "\"", "must be there once", "");
        }
        if (kind == Kind.NIC) {
            boolean said = values.containsKey("bytes_per_s") || values.containsKey("bandwidth");
            double rate = said ? rate(node, "node " + id, values) : 0;
            graph.line(number, source.nicBytesPerSecond().orElse(rate));
        }
    }

    private @Nullable Edge edge(XmlElement element, MachineGraph graph) {
        Map<String, String> values = attributes.of(element);
        Integer from = end(element, "source");
        Integer to = end(element, "target");
        String what = "edge from " + element.attribute("source", "?") + " to " + element.attribute("target", "?");
        if (from != null && from.equals(to)) {
            source.wrong(element.at(), what, "a loop", "must join two nodes", "");
            return null;
        }
        boolean said = values.containsKey("bytes_per_s") || values.containsKey("bandwidth");
        double rate = !said && from != null && to != null && isPcie(from, to, graph)
                ? usualPcie(element, graph)
                : rate(element, what, values);
        String written = values.getOrDefault("count", "1");
        int count = written.matches("\\d{1,4}") ? Integer.parseInt(written) : 0;
        if (count < 1 || count > MOST) {
            source.wrong(element.at(), what + ", count", "\"" + written + "\"", "must be between 1 and " + MOST, "");
            return null;
        }
        if (from == null || to == null || !(rate > 0)) {
            return null;
        }
        String link = values.getOrDefault("link", "");
        if (!link.isEmpty() && !link.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}")) {
            source.wrong(element.at(), what + ", link", "\"" + link + "\"", "must be a name such as nvlink4", "");
            return null;
        }
        return new Edge(element, from, to, rate, count, link.isEmpty() ? usualLink(from, to, graph) : link);
    }

    /// Whether both ends are such as PCIe joins inside a machine.
    private static boolean isPcie(int from, int to, MachineGraph graph) {
        Set<Kind> ends =
                EnumSet.of(graph.parts().get(from).kind(), graph.parts().get(to).kind());
        ends.removeAll(List.of(Kind.PCIE_SWITCH, Kind.NIC, Kind.CPU));
        return ends.isEmpty() || (ends.equals(EnumSet.of(Kind.GPU)) && !bothGpus(from, to, graph));
    }

    private static boolean bothGpus(int from, int to, MachineGraph graph) {
        return graph.parts().get(from).kind() == graph.parts().get(to).kind();
    }

    private static double usualPcie(XmlElement element, MachineGraph graph) {
        int generation = graph.gpu().pcie();
        graph.assumed(
                element.at(),
                "edges of PCIe without a bandwidth",
                "16 lanes of generation " + generation + ", which the GPUs have");
        return Rates.pcie(generation);
    }

    private @Nullable Integer end(XmlElement edge, String key) {
        Integer number = numberOf.get(edge.attribute(key, ""));
        if (number == null) {
            source.wrong(
                    edge.at(),
                    "edge." + key,
                    edge.has(key) ? "\"" + edge.attribute(key, "") + "\"" : "missing",
                    "must be the id of a node",
                    "");
        }
        return number;
    }

    private double rate(XmlElement element, String what, Map<String, String> values) {
        String plain = values.get("bytes_per_s");
        String written = plain != null ? plain + " B/s" : values.getOrDefault("bandwidth", "");
        double rate = Unit.BYTES_PER_SECOND.read(written);
        if (!(rate > 0) || Double.isInfinite(rate)) {
            source.wrong(
                    element.at(),
                    what + ", bandwidth",
                    written.isEmpty() ? "missing" : "\"" + written + "\"",
                    "must be above zero, as bytes_per_s: 25e9 or bandwidth: 25 GB/s",
                    "");
            return 0;
        }
        return rate;
    }

    private static String usualLink(int from, int to, MachineGraph graph) {
        Kind a = graph.parts().get(from).kind();
        Kind b = graph.parts().get(to).kind();
        boolean gpu = a == Kind.GPU || b == Kind.GPU;
        boolean both = a == b || a == Kind.GPU_SWITCH || b == Kind.GPU_SWITCH;
        if (gpu && both && !graph.gpu().link().isEmpty()) {
            return graph.gpu().link();
        }
        return a == Kind.CPU && b == Kind.CPU ? "bus" : "pcie" + graph.gpu().pcie();
    }

    /// Both directions of a connection are one cable, and must be alike.
    private void join(List<Edge> edges, boolean directed, MachineGraph graph) {
        Edge first = edges.getFirst();
        List<Edge> there =
                edges.stream().filter(edge -> edge.from() == first.from()).toList();
        List<Edge> back =
                edges.stream().filter(edge -> edge.from() != first.from()).toList();
        if (directed && !back.isEmpty() && Math.abs(sum(there) - sum(back)) > 1e-9 * sum(there)) {
            source.wrong(
                    first.element().at(),
                    "edge from " + first.element().attribute("source", ""),
                    sum(there) + " B/s",
                    "the other way it is " + sum(back) + "; links are the same both ways",
                    "");
            return;
        }
        for (Edge edge : directed && !back.isEmpty() ? there : edges) {
            graph.join(
                    edge.from(),
                    edge.to(),
                    edge.link(),
                    edge.bytesPerSecond(),
                    edge.count(),
                    edge.element().at());
        }
        lines(edges, graph);
    }

    private void lines(List<Edge> edges, MachineGraph graph) {
        for (Edge edge : edges) {
            Kind to = graph.parts().get(edge.to()).kind();
            Kind from = graph.parts().get(edge.from()).kind();
            int nic = from == Kind.NIC ? edge.from() : edge.to();
            boolean cable = (from == Kind.NIC && isBetween(to)) || (to == Kind.NIC && isBetween(from));
            if (cable && graph.lineOf(nic) == 0) {
                graph.line(nic, edge.bytesPerSecond() * edge.count());
            }
        }
    }

    private static boolean isBetween(Kind kind) {
        return kind == Kind.LEAF || kind == Kind.SPINE;
    }

    private static double sum(List<Edge> edges) {
        return edges.stream()
                .mapToDouble(edge -> edge.bytesPerSecond() * edge.count())
                .sum();
    }
}
