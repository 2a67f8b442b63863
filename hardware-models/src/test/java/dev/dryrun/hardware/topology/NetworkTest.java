// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.FabricShape.Clos.Tier;
import dev.dryrun.sim.random.RandomStreams;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class NetworkTest {
    static Cluster randomCluster(RandomGenerator random) {
        int gpus = 1 << random.nextInt(4);
        int nics = Math.max(1, gpus >> random.nextInt(-1, 3));
        var wiring = random.nextBoolean() ? DomainWiring.SWITCHED : DomainWiring.MESH;
        double pcie = random.nextBoolean() ? 16e9 : 63e9;
        var node = new NodeType("n", "n", "a", "nccl", gpus, wiring, "nvlink4", 100e9, nics, 25e9, pcie);
        var rdma = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);
        var fabric = new Fabric("f", randomShape(random), 1e-7, 6e-7, rdma);
        return new Cluster(node, random.nextInt(1, 9), fabric);
    }

    private static FabricShape randomShape(RandomGenerator random) {
        boolean rails = random.nextBoolean();
        var leaves = FabricShape.Clos.leafSpine(rails, random.nextInt(2, 17), random.nextInt(1, 4));
        return switch (random.nextInt(4)) {
            case 0 -> leaves;
            case 1 ->
                new FabricShape.Clos(
                        rails,
                        random.nextInt(2, 9),
                        1,
                        1,
                        List.of(new Tier(random.nextInt(1, 4), 2), new Tier(random.nextInt(1, 3), 1.5)),
                        Routing.BALANCED,
                        1);
            case 2 -> new FabricShape.Dragonfly(random.nextInt(1, 9), random.nextInt(2, 5), 64, 1.5, Routing.ADAPTIVE);
            default -> new FabricShape.TwoSites(leaves, random.nextInt(1, 6), 10e9, 5e-3);
        };
    }

    /// Routes are arithmetic; the graph is built on its own, so its shortest paths are a second opinion.
    @RepeatedTest(100)
    void routesAreShortestPathsOfTheGraph(RepetitionInfo repetition) {
        var random = new RandomStreams(1, repetition.getCurrentRepetition()).stream("clusters", 0);
        Cluster cluster = randomCluster(random);
        Network network = cluster.network();
        Graph<Vertex, Link> graph = network.asGraph();
        var shortest = new DijkstraShortestPath<>(graph);
        for (int from = 0; from < cluster.gpus(); from++) {
            var paths = shortest.getPaths(vertex(cluster, from));
            for (int to = 0; to < cluster.gpus(); to++) {
                if (from == to) {
                    continue;
                }
                GraphPath<Vertex, Link> path = paths.getPath(vertex(cluster, to));
                assertNotNull(path);
                int[] onPath = path.getEdgeList().stream()
                        .mapToInt(Link::resource)
                        .filter(r -> r >= 0)
                        .toArray();
                Route route = network.route(from, to);
                if (cluster.node().nicsPerGpu() == 1) {
                    assertArrayEquals(onPath, route.resources(), cluster + " " + from + " to " + to);
                } else {
                    Set<Integer> used = new HashSet<>();
                    for (int resource : route.resources()) {
                        used.add(resource);
                    }
                    for (int resource : onPath) {
                        assertTrue(used.contains(resource), cluster + " " + from + " to " + to);
                    }
                }
            }
        }
    }

    /// Every resource is one edge of the graph with the same capacity, and has a name of its own.
    @RepeatedTest(100)
    void resourcesAreTheEdgesOfTheGraph(RepetitionInfo repetition) {
        var random = new RandomStreams(2, repetition.getCurrentRepetition()).stream("clusters", 0);
        Network network = randomCluster(random).network();
        Set<Integer> seen = new HashSet<>();
        for (Link link : network.asGraph().edgeSet()) {
            if (link.resource() >= 0) {
                boolean sharedLane = link.resource() >= network.resources();
                assertTrue(!sharedLane && seen.add(link.resource()));
                assertEquals(network.capacityBytesPerSecond()[link.resource()], link.capacityBytesPerSecond());
            }
        }
        assertEquals(network.resources(), seen.size());
        Set<String> names = new HashSet<>();
        for (int resource = 0; resource < network.resources(); resource++) {
            assertTrue(names.add(network.nameOf(resource)));
        }
    }

    /// What leaves a GPU arrives: on each tier that a route crosses the shares add up to one.
    @RepeatedTest(100)
    void sharesOfSideBySideLinksAddUpToOne(RepetitionInfo repetition) {
        var random = new RandomStreams(3, repetition.getCurrentRepetition()).stream("clusters", 0);
        Cluster cluster = randomCluster(random);
        Network network = cluster.network();
        int from = random.nextInt(cluster.gpus());
        int to = random.nextInt(cluster.gpus());
        Route route = network.route(from, to);
        double nicOut = 0;
        double nicIn = 0;
        for (int i = 0; i < route.resources().length; i++) {
            String name = network.nameOf(route.resources()[i]);
            nicOut += name.matches(".* nic \\d+ out") ? route.shares()[i] : 0;
            nicIn += name.matches(".* nic \\d+ in") ? route.shares()[i] : 0;
        }
        double expected = cluster.nodeOf(from) == cluster.nodeOf(to) ? 0 : 1;
        assertEquals(expected, nicOut, 1e-12);
        assertEquals(expected, nicIn, 1e-12);
    }

    /// 2,048 nodes of 8: 2 link ends and 2 interface directions for each GPU, and 64 units of 8 leaves up and down.
    @Test
    void sixteenThousandGpusAreOneArray() {
        var node = new NodeType("n", "n", "a", "nccl", 8, DomainWiring.SWITCHED, "nvlink4", 450e9, 8, 50e9, 63e9);
        var rdma = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);
        var fabric = new Fabric("f", FabricShape.Clos.leafSpine(true, 64, 1), 1e-7, 6e-7, rdma);
        Network network = new Cluster(node, 2048, fabric).network();
        assertEquals(4 * 16_384 + 2 * 64 * 8, network.resources());
        assertEquals("leaf 511 down", network.nameOf(network.resources() - 1));
    }

    private static Vertex vertex(Cluster cluster, int gpu) {
        return new Vertex(Vertex.Kind.GPU, cluster.nodeOf(gpu), cluster.localOf(gpu));
    }
}
