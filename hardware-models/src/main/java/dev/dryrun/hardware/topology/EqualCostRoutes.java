// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;
import org.jgrapht.Graph;
import org.jgrapht.alg.interfaces.ShortestPathAlgorithm.SingleSourcePaths;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.EdgeReversedGraph;

/// Shortest ways through a graph with all that are equally short, found when they are asked for and kept.
///
/// At every vertex that it comes through, traffic splits evenly over the edges that lead nearer to its goal, as
/// switches spread flows over equal next hops. Vertices and edges are numbers; edges are those of [Network] or of
/// [NodeGraph].
final class EqualCostRoutes {
    /// Edges used on the way, in the order of their distance from the goal, farthest first.
    ///
    /// @param edges their numbers
    /// @param shares part of the traffic that each carries
    /// @param length sum of the weights along one way; infinite where there is none
    record Ways(int[] edges, double[] shares, double length) {
        boolean exists() {
            return !Double.isInfinite(length);
        }
    }

    /// Sums of weights that differ by less are equal.
    private static final double SAME = 1e-9;

    /// Every edge that leads nearer carries the same.
    static final IntToDoubleFunction EVENLY = edge -> 1;

    private final Graph<Integer, Integer> graph;
    private final IntToDoubleFunction weightInShares;
    private final DijkstraShortestPath<Integer, Integer> towards;
    private final Map<Integer, SingleSourcePaths<Integer, Integer>> pathsTo = new HashMap<>();
    private final Map<Long, Ways> known = new HashMap<>();

    EqualCostRoutes(Graph<Integer, Integer> graph) {
        this(graph, EVENLY);
    }

    /// @param weightInShares in proportion to which edges that lead nearer carry the traffic
    EqualCostRoutes(Graph<Integer, Integer> graph, IntToDoubleFunction weightInShares) {
        this.graph = graph;
        this.weightInShares = weightInShares;
        this.towards = new DijkstraShortestPath<>(new EdgeReversedGraph<>(graph));
    }

    Ways between(int from, int to) {
        long pair = (long) from << 32 | to;
        Ways ways = known.get(pair);
        if (ways == null) {
            ways = find(from, to);
            known.put(pair, ways);
        }
        return ways;
    }

    private Ways find(int from, int to) {
        SingleSourcePaths<Integer, Integer> paths = pathsTo.computeIfAbsent(to, towards::getPaths);
        double length = paths.getWeight(from);
        List<Integer> edges = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        Map<Integer, Double> carried = new HashMap<>();
        var frontier = new PriorityQueue<Integer>(Comparator.comparingDouble((Integer v) -> -paths.getWeight(v))
                .thenComparing(Comparator.naturalOrder()));
        if (!Double.isInfinite(length)) {
            carried.put(from, 1.0);
            frontier.add(from);
        }
        while (!frontier.isEmpty()) {
            int vertex = frontier.poll();
            if (vertex == to) {
                continue;
            }
            List<Integer> nearer = nearer(vertex, paths);
            double sum = 0;
            for (int edge : nearer) {
                sum += weightInShares.applyAsDouble(edge);
            }
            for (int edge : nearer) {
                double share = carried.getOrDefault(vertex, 0.0) * weightInShares.applyAsDouble(edge) / sum;
                edges.add(edge);
                shares.add(share);
                int next = graph.getEdgeTarget(edge);
                if (carried.merge(next, share, Double::sum) == share) {
                    frontier.add(next);
                }
            }
        }
        return new Ways(
                edges.stream().mapToInt(Integer::intValue).toArray(),
                shares.stream().mapToDouble(Double::doubleValue).toArray(),
                length);
    }

    /// Edges at a vertex that lead nearer to a goal that it reaches, in the order of their numbers.
    List<Integer> nearer(int vertex, int goal) {
        return nearer(vertex, pathsTo.computeIfAbsent(goal, towards::getPaths));
    }

    private List<Integer> nearer(int vertex, SingleSourcePaths<Integer, Integer> paths) {
        return graph.outgoingEdgesOf(vertex).stream()
                .filter(edge -> leadsNearer(edge, paths))
                .sorted()
                .toList();
    }

    int sourceOf(int edge) {
        return graph.getEdgeSource(edge);
    }

    private boolean leadsNearer(int edge, SingleSourcePaths<Integer, Integer> paths) {
        double here = paths.getWeight(graph.getEdgeSource(edge));
        double there = paths.getWeight(graph.getEdgeTarget(edge));
        return Math.abs(here - graph.getEdgeWeight(edge) - there) < SAME;
    }
}
