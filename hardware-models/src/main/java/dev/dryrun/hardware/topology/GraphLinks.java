// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static dev.dryrun.sim.random.RandomStreams.mix64;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedWeightedMultigraph;
import org.jspecify.annotations.Nullable;

/// A fabric as a graph of switches, whose ways are its shortest paths: written fabrics, and others where links are
/// down.
///
/// Interfaces hang on their switches by cables and are never passed through. The k-th cable of one interface leads to
/// the k-th of another, one for each plane.
final class GraphLinks implements FabricLinks {
    /// What a graph is made of.
    ///
    /// @param edges between interfaces and switches, both ways; the cables of an interface in the order of its planes
    /// @param cablesDown those of them that are down
    /// @param capacity of links, bytes a second; not positive where a link is down
    /// @param lineSeconds latency of each link beyond that of switches
    /// @param names of links
    record Parts(List<Edge> edges, Set<Edge> cablesDown, double[] capacity, double[] lineSeconds, List<String> names) {}

    private final Parts parts;
    private final int nics;
    private final Routing routing;
    private final long seed;
    private final List<Vertex> top;
    private final EqualCostRoutes routes;
    /// Link of each edge of the graph.
    private final int[] linkOf;
    private final int[] targetOf;
    private final boolean[] isSwitch;
    /// Numbers of the vertices on which an interface hangs, by plane; -1 where its cable is down.
    private final int[][] switchesOf;
    private final Map<Vertex, Integer> numberOf = new HashMap<>();

    GraphLinks(Parts parts, int nodes, int nics, Routing routing, long seed, List<Vertex> top) {
        this.parts = parts;
        this.nics = nics;
        this.routing = routing;
        this.seed = seed;
        this.top = List.copyOf(top);
        switchesOf = new int[nodes * nics][0];
        Graph<Integer, Integer> graph = new DirectedWeightedMultigraph<>(Integer.class);
        List<Edge> between = new ArrayList<>();
        List<Boolean> switches = new ArrayList<>();
        for (Edge edge : parts.edges()) {
            if (edge.from().kind() == Kind.NIC) {
                hang(graph, edge, switches);
            } else if (edge.to().kind() != Kind.NIC && parts.capacity()[edge.link()] > 0) {
                between.add(edge);
            }
        }
        linkOf = new int[between.size()];
        targetOf = new int[between.size()];
        for (int i = 0; i < linkOf.length; i++) {
            Edge edge = between.get(i);
            linkOf[i] = edge.link();
            targetOf[i] = number(graph, edge.to(), switches);
            graph.addEdge(number(graph, edge.from(), switches), targetOf[i], i);
            graph.setEdgeWeight(i, edge.weight());
        }
        isSwitch = new boolean[switches.size()];
        for (int i = 0; i < isSwitch.length; i++) {
            isSwitch[i] = switches.get(i);
        }
        routes = new EqualCostRoutes(
                graph, routing == Routing.ADAPTIVE ? i -> parts.capacity()[linkOf[i]] : EqualCostRoutes.EVENLY);
    }

    private int number(Graph<Integer, Integer> graph, Vertex vertex, List<Boolean> switches) {
        return numberOf.computeIfAbsent(vertex, v -> {
            switches.add(v.kind() != Kind.NIC);
            graph.addVertex(switches.size() - 1);
            return switches.size() - 1;
        });
    }

    /// Two interfaces that a cable joins straight meet at a place that is no switch.
    private void hang(Graph<Integer, Integer> graph, Edge edge, List<Boolean> switches) {
        int port = edge.from().node() * nics + edge.from().index();
        Vertex at = edge.to();
        if (at.kind() == Kind.NIC && at.node() * nics + at.index() > port) {
            at = edge.from();
        }
        int[] before = switchesOf[port];
        int[] grown = Arrays.copyOf(before, before.length + 1);
        boolean down = parts.cablesDown().contains(edge);
        grown[before.length] = down ? -1 : number(graph, at, switches);
        switchesOf[port] = grown;
    }

    @Override
    public double[] capacityBytesPerSecond() {
        return parts.capacity();
    }

    @Override
    public boolean hasLines() {
        for (double seconds : parts.lineSeconds()) {
            if (seconds > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double lineSeconds(int link) {
        return parts.lineSeconds()[link];
    }

    @Override
    public boolean reaches(int from, int to) {
        return planes(from, to).length > 0;
    }

    @Override
    public double cablesUp(int port) {
        int[] planes = switchesOf[port];
        return planes.length == 0
                ? 1
                : Arrays.stream(planes).filter(at -> at >= 0).count() / (double) planes.length;
    }

    /// Planes over which two interfaces reach each other.
    private int[] planes(int from, int to) {
        return java.util.stream.IntStream.range(0, Math.min(switchesOf[from].length, switchesOf[to].length))
                .filter(plane -> {
                    int a = switchesOf[from][plane];
                    int b = switchesOf[to][plane];
                    return a >= 0 && b >= 0 && (a == b || routes.between(a, b).exists());
                })
                .toArray();
    }

    @Override
    public void addWay(int from, int to, double share, int first, RouteBuilder route) {
        int[] planes = planes(from, to);
        if (planes.length == 0) {
            throw new IllegalArgumentException("no way from " + port(from) + " to " + port(to));
        }
        for (int plane : planes) {
            int a = switchesOf[from][plane];
            int b = switchesOf[to][plane];
            double part = share / planes.length;
            if (a == b) {
                route.through(isSwitch[a] ? 1 : 0);
            } else if (routing == Routing.HASH) {
                addDrawn(from, to, a, b, part, first, route);
            } else {
                addSpread(a, b, part, first, route);
            }
        }
    }

    private String port(int port) {
        return "node " + port / nics + " nic " + port % nics;
    }

    private void addSpread(int a, int b, double share, int first, RouteBuilder route) {
        EqualCostRoutes.Ways ways = routes.between(a, b);
        Map<Integer, Integer> switches = new HashMap<>();
        Map<Integer, Double> lines = new HashMap<>();
        for (int i = 0; i < ways.edges().length; i++) {
            int edge = ways.edges()[i];
            route.add(first + linkOf[edge], share * ways.shares()[i]);
            int source = routes.sourceOf(edge);
            int met = switches.getOrDefault(source, 1) + 1;
            double seconds = lines.getOrDefault(source, 0.0) + parts.lineSeconds()[linkOf[edge]];
            switches.merge(targetOf[edge], met, Math::max);
            lines.merge(targetOf[edge], seconds, Math::max);
        }
        route.through(switches.getOrDefault(b, 1));
        route.along(lines.getOrDefault(b, 0.0));
    }

    /// One way, at each switch the next hop that a hash of the ends draws.
    private void addDrawn(int from, int to, int a, int b, double share, int first, RouteBuilder route) {
        int here = a;
        int met = 1;
        double seconds = 0;
        while (here != b) {
            List<Integer> nearer = routes.nearer(here, b);
            long hash = mix64(mix64(mix64(mix64(seed) + from) + to) + here);
            int edge = nearer.get((int) Long.remainderUnsigned(hash, nearer.size()));
            route.add(first + linkOf[edge], share);
            seconds += parts.lineSeconds()[linkOf[edge]];
            here = targetOf[edge];
            met++;
        }
        route.through(met);
        route.along(seconds);
    }

    @Override
    public void addWayOut(int port, boolean out, double share, int first, RouteBuilder route) {
        throw new IllegalStateException("a graph of switches is no site of another fabric");
    }

    @Override
    public List<Vertex> top() {
        return top;
    }

    @Override
    public String nameOf(int link) {
        return parts.names().get(link);
    }

    @Override
    public List<Edge> edges() {
        return parts.edges().stream()
                .filter(edge -> !parts.cablesDown().contains(edge))
                .toList();
    }

    /// The number of a switch; null where there is none.
    @Nullable
    Integer numberOf(Vertex vertex) {
        return numberOf.get(vertex);
    }
}
