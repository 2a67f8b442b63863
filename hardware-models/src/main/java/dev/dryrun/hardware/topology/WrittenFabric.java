// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.FabricLinks.Edge;
import dev.dryrun.hardware.topology.FabricShape.Written;
import dev.dryrun.hardware.topology.FabricShape.Written.Fault;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Makes the graph of a written fabric for a cluster: every link that its lines name, and a cable for each interface.
final class WrittenFabric {
    private static final int MOST_NODES = 1024;
    private static final double HOP = 1;

    /// Both directions of what joins two switches.
    private static final class Bundle {
        private double bytesPerSecond;
        private double lineSeconds;
    }

    private final Written shape;
    private final NodeType node;
    private final int nodes;
    private final Map<Vertex, Vertex> cables = new LinkedHashMap<>();
    private final Map<List<Object>, Bundle> bundles = new LinkedHashMap<>();

    private WrittenFabric(Written shape, Cluster cluster) {
        this.shape = shape;
        node = cluster.node();
        nodes = cluster.nodes();
    }

    static GraphLinks links(Written shape, Cluster cluster) {
        var fabric = new WrittenFabric(shape, cluster);
        List<Fault> faults = fabric.faults();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.getFirst().sentence());
        }
        return fabric.build();
    }

    /// What of its lines does not fit a cluster, the first thing of each line.
    static List<Fault> faults(Written shape, Cluster cluster) {
        return new WrittenFabric(shape, cluster).faults();
    }

    private List<Fault> faults() {
        if (nodes > MOST_NODES) {
            return List.of(new Fault(
                    Fault.EVERYWHERE, "a written fabric joins at most " + MOST_NODES + " nodes, not " + nodes));
        }
        Map<Integer, Fault> faults = new TreeMap<>();
        for (FabricLink link : shape.links()) {
            try {
                link.forEach(nodes, node.nics(), (a, b) -> join(link, a, b));
            } catch (IllegalArgumentException e) {
                faults.putIfAbsent(link.line(), new Fault(link.line(), String.valueOf(e.getMessage())));
            }
        }
        return faults.isEmpty() ? gaps() : List.copyOf(faults.values());
    }

    /// Interfaces without a cable, and switches that no interface reaches.
    private List<Fault> gaps() {
        List<Fault> faults = new ArrayList<>();
        List<String> bare = IntStream.range(0, nodes * node.nics())
                .mapToObj(port -> new Vertex(Kind.NIC, port / node.nics(), port % node.nics()))
                .filter(nic -> !cables.containsKey(nic))
                .map(WrittenFabric::name)
                .toList();
        if (!bare.isEmpty()) {
            String others = bare.size() == 1 ? " has" : " and %d more have".formatted(bare.size() - 1);
            faults.add(new Fault(Fault.EVERYWHERE, bare.getFirst() + others + " no cable; every interface needs one"));
        }
        Set<Vertex> reached = new HashSet<>(cables.values());
        int before;
        do {
            before = reached.size();
            for (List<Object> ends : bundles.keySet()) {
                if (reached.contains((Vertex) ends.get(0)) || reached.contains((Vertex) ends.get(1))) {
                    reached.add((Vertex) ends.get(0));
                    reached.add((Vertex) ends.get(1));
                }
            }
        } while (reached.size() > before);
        bundles.keySet().stream()
                .map(ends -> (Vertex) ends.getFirst())
                .filter(end -> !reached.contains(end))
                .findFirst()
                .ifPresent(end -> faults.add(new Fault(Fault.EVERYWHERE, "no interface reaches " + name(end))));
        return faults;
    }

    private GraphLinks build() {
        List<Edge> edges = new ArrayList<>();
        cables.forEach((end, at) -> {
            edges.add(new Edge(end, at, -1, HOP));
            if (at.kind() != Kind.NIC) {
                edges.add(new Edge(at, end, -1, HOP));
            }
        });
        double[] capacity = new double[2 * bundles.size()];
        double[] lineSeconds = new double[capacity.length];
        List<String> names = new ArrayList<>();
        bundles.forEach((ends, bundle) -> {
            Vertex a = (Vertex) ends.get(0);
            Vertex b = (Vertex) ends.get(1);
            String cable = ends.size() > 2 ? " cable " + ends.get(2) : "";
            int link = names.size();
            for (int way = 0; way < 2; way++) {
                capacity[link + way] = bundle.bytesPerSecond;
                lineSeconds[link + way] = bundle.lineSeconds;
            }
            names.add(name(a) + " to " + name(b) + cable);
            names.add(name(b) + " to " + name(a) + cable);
            edges.add(new Edge(a, b, link, HOP));
            edges.add(new Edge(b, a, link + 1, HOP));
        });
        var parts = new GraphLinks.Parts(List.copyOf(edges), Set.of(), capacity, lineSeconds, List.copyOf(names));
        return new GraphLinks(parts, nodes, node.nics(), shape.routing(), shape.seed(), List.of());
    }

    private void join(FabricLink link, Vertex a, Vertex b) {
        if (a.equals(b)) {
            throw new IllegalArgumentException("\"" + link + "\" joins " + name(a) + " to itself");
        }
        if (a.kind() == Kind.NIC || b.kind() == Kind.NIC) {
            double rate = link.bytesPerSecond();
            if (rate > 0 && Math.abs(rate - node.nicBytesPerSecond()) > 1e-6 * rate) {
                throw new IllegalArgumentException(
                        "\"%s\" has %s GB/s, but the interfaces of %s have %s; leave it out or change the node's nic_bandwidth"
                                .formatted(link, rate / 1e9, node.name(), node.nicBytesPerSecond() / 1e9));
            }
            if (link.lineSeconds() > 0) {
                throw new IllegalArgumentException(
                        "\"" + link + "\" has a latency; only links between switches have one");
            }
            plug(a, b);
            plug(b, a);
            return;
        }
        for (int cable = 0; cable < (shape.routing() == Routing.HASH ? link.cables() : 1); cable++) {
            boolean inOrder = a.kind().compareTo(b.kind()) < 0 || (a.kind() == b.kind() && a.index() < b.index());
            Vertex low = inOrder ? a : b;
            Vertex high = inOrder ? b : a;
            List<Object> key = link.cables() > 1 && shape.routing() == Routing.HASH
                    ? List.of(low, high, cable)
                    : List.of(low, high);
            Bundle bundle = bundles.computeIfAbsent(key, k -> new Bundle());
            bundle.bytesPerSecond += link.bytesPerSecond() * (shape.routing() == Routing.HASH ? 1 : link.cables());
            bundle.lineSeconds = Math.max(bundle.lineSeconds, link.lineSeconds());
        }
    }

    private void plug(Vertex from, Vertex to) {
        if (from.kind() == Kind.NIC && cables.putIfAbsent(from, to) != null) {
            throw new IllegalArgumentException(name(from)
                    + " has two cables; a card of two ports is two interfaces of the node, each with its own rate");
        }
    }

    static String name(Vertex vertex) {
        String kind = vertex.kind().name().toLowerCase(java.util.Locale.ROOT);
        boolean second = vertex.node() < 0 && vertex.index() >= TwoSitesLinks.SECOND_SITE;
        String place = vertex.node() >= 0 ? "node " + vertex.node() + " " : second ? "site 1 " : "";
        return place + kind + " " + (second ? vertex.index() - TwoSitesLinks.SECOND_SITE : vertex.index());
    }
}
