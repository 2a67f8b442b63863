// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.FabricShape.Written.Fault;
import dev.dryrun.sim.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WrittenFabricTest {
    private static final NetworkClass RDMA = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);
    private static final double NIC = 25e9;
    private static final double SWITCH_SECONDS = 1e-7;
    private static final double NIC_SECONDS = 6e-7;

    private static Cluster cluster(int nodes, int nics, Routing routing, long seed, List<FabricLink> links) {
        var node = new NodeType("n", "n", "a", "nccl", nics, DomainWiring.SWITCHED, "nvlink4", 300e9, nics, NIC, 63e9);
        var shape = new FabricShape.Written(links, routing, seed);
        return new Cluster(node, nodes, new Fabric("f", shape, SWITCH_SECONDS, NIC_SECONDS, RDMA));
    }

    private static List<FabricLink> links(String yaml) {
        var problems = new Problems();
        Document document = Document.read("links.yaml", yaml, problems);
        problems.throwIfAny();
        List<FabricLink> links = FabricLink.readAll(document.root());
        problems.throwIfAny();
        return links;
    }

    private static Network network(int nodes, int nics, String yaml) {
        return cluster(nodes, nics, Routing.BALANCED, 1, links(yaml)).network();
    }

    private static double share(Network network, Route route, String name) {
        for (int i = 0; i < route.resources().length; i++) {
            if (network.nameOf(route.resources()[i]).equals(name)) {
                return route.shares()[i];
            }
        }
        return 0;
    }

    private static double capacity(Network network, String name) {
        for (int resource = 0; resource < network.resources(); resource++) {
            if (network.nameOf(resource).equals(name)) {
                return network.capacityBytesPerSecond()[resource];
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void patternsNameEveryLink() {
        Network network = network(4, 2, """
            links:
              - {pairs: [node n nic k - leaf k]}
              - {pairs: [leaf 0-1 - spine 0-2], bandwidth: 400 Gb/s, count: 2}
              - {pairs: [spine 2 - leaf 1], bandwidth: 80 Gb/s}
            """);
        assertEquals(100e9, capacity(network, "leaf 0 to spine 1"));
        assertEquals(110e9, capacity(network, "spine 2 to leaf 1"), 1);
        assertEquals(4 * 2 * 2 + 4 * 2 * 2 + 2 * 6, network.resources());
    }

    /// By default all equally short ways carry the same; adaptive switches fill them by their rates.
    @Test
    void waysShareTheBytes() {
        String yaml = """
            links:
              - {pairs: [node 0 nic 0 - leaf 0, node 1 nic 0 - leaf 1]}
              - {pairs: [leaf 0-1 - spine 0], bandwidth: 400 Gb/s}
              - {pairs: [leaf 0-1 - spine 1], bandwidth: 100 Gb/s}
            """;
        Network balanced = network(2, 1, yaml);
        assertEquals(0.5, share(balanced, balanced.route(0, 1), "leaf 0 to spine 0"));
        Network adaptive = cluster(2, 1, Routing.ADAPTIVE, 1, links(yaml)).network();
        assertEquals(0.8, share(adaptive, adaptive.route(0, 1), "leaf 0 to spine 0"), 1e-12);
        assertEquals(1, share(adaptive, adaptive.route(0, 1), "spine 0 to leaf 1") / 0.8, 1e-12);
    }

    /// Four switches and a line of 5 ms on the way.
    @Test
    void longLinesCostTheirLatency() {
        Network network = network(2, 1, """
            links:
              - {pairs: [node 0 nic 0 - leaf 0, node 1 nic 0 - leaf 1]}
              - {pairs: [leaf 0 - spine 0, leaf 1 - spine 1], bandwidth: 400 Gb/s}
              - {pairs: [spine 0 - spine 1], bandwidth: 100 Gb/s, latency: 5 ms}
            """);
        Route route = network.route(1, 0);
        assertTrue(network.hasLines());
        assertEquals(5e-3, route.lineSeconds());
        assertEquals(2 * NIC_SECONDS + 4 * SWITCH_SECONDS + 5e-3, route.latencySeconds(), 1e-12);
    }

    @Test
    void interfacesMayBeJoinedStraight() {
        Network network = network(2, 1, "links: [{pairs: [node 0 nic 0 - node 1 nic 0]}]");
        Route route = network.route(0, 1);
        assertEquals(2, route.resources().length);
        assertEquals(2 * NIC_SECONDS, route.latencySeconds(), 1e-12);
    }

    /// A tree over some leaves and spines, some links more, and interfaces that hang anywhere.
    private static List<FabricLink> random(RandomGenerator random, int nodes, int nics, boolean[][] joined) {
        List<FabricLink> links = new ArrayList<>();
        for (int a = 1; a < joined.length; a++) {
            join(links, joined, a, random.nextInt(a));
        }
        for (int more = random.nextInt(2 * joined.length); more > 0; more--) {
            int a = random.nextInt(1, joined.length);
            join(links, joined, a, random.nextInt(a));
        }
        for (int port = 0; port < nodes * nics; port++) {
            links.add(new FabricLink(
                    links.size(),
                    new LinkEnd(Vertex.Kind.NIC, "" + port / nics, "" + port % nics),
                    end(random.nextInt(joined.length)),
                    0,
                    1,
                    0));
        }
        return links;
    }

    private static LinkEnd end(int number) {
        return new LinkEnd(number % 2 == 0 ? Vertex.Kind.LEAF : Vertex.Kind.SPINE, null, "" + number / 2);
    }

    private static void join(List<FabricLink> links, boolean[][] joined, int a, int b) {
        joined[a][b] = true;
        joined[b][a] = true;
        links.add(new FabricLink(links.size(), end(a), end(b), 10e9, 1, 0));
    }

    /// Links from every switch to one of them, round by round.
    private static int[] distances(boolean[][] joined, int goal) {
        int[] distance = new int[joined.length];
        Arrays.fill(distance, joined.length);
        distance[goal] = 0;
        for (int round = 0; round < joined.length; round++) {
            for (int a = 0; a < joined.length; a++) {
                for (int b = 0; b < joined.length; b++) {
                    distance[a] = joined[a][b] ? Math.min(distance[a], distance[b] + 1) : distance[a];
                }
            }
        }
        return distance;
    }

    /// All bytes leave, arrive and cross as many links as the switches are apart; by a hash over one way.
    @RepeatedTest(60)
    void waysAreShortest(RepetitionInfo repetition) {
        var random = new RandomStreams(7, repetition.getCurrentRepetition()).stream("fabrics", 0);
        boolean[][] joined = new boolean[random.nextInt(2, 12)][];
        Arrays.setAll(joined, i -> new boolean[joined.length]);
        int nodes = random.nextInt(2, 6);
        int nics = random.nextInt(1, 3);
        List<FabricLink> links = random(random, nodes, nics, joined);
        Routing routing = List.of(Routing.values()).get(random.nextInt(Routing.values().length));
        Network network = cluster(nodes, nics, routing, repetition.getCurrentRepetition(), links)
                .network();
        for (int from = 0; from < network.cluster().gpus(); from++) {
            for (int to = 0; to < network.cluster().gpus(); to++) {
                if (network.cluster().nodeOf(from) == network.cluster().nodeOf(to) || from % nics != to % nics) {
                    continue;
                }
                Route route = network.route(from, to);
                int goal = switchOf(links, to, nics);
                int apart = distances(joined, goal)[switchOf(links, from, nics)];
                double crossed = 0;
                for (int i = 0; i < route.resources().length; i++) {
                    boolean link = route.resources()[i] >= network.firstLink();
                    crossed += link ? route.shares()[i] : 0;
                    assertTrue(!link || routing != Routing.HASH || route.shares()[i] == 1);
                }
                assertEquals(apart, crossed, 1e-9);
                assertEquals(1, share(network, route, nic(from, nics) + " out"), 1e-12);
                assertEquals(1, share(network, route, nic(to, nics) + " in"), 1e-12);
                assertEquals(2 * NIC_SECONDS + (apart + 1) * SWITCH_SECONDS, route.latencySeconds(), 1e-12);
            }
        }
    }

    private static String nic(int port, int nics) {
        return "node " + port / nics + " nic " + port % nics;
    }

    private static int switchOf(List<FabricLink> links, int port, int nics) {
        for (FabricLink link : links) {
            if (link.a().toString().equals(nic(port, nics))) {
                return 2 * Integer.parseInt(link.b().index()) + (link.b().kind() == Vertex.Kind.LEAF ? 0 : 1);
            }
        }
        throw new AssertionError(port);
    }

    /// A hash draws one of eight cables for each pair of interfaces: the same at each call, another with another seed.
    @Test
    void aHashDrawsOneCable() {
        List<FabricLink> links = links("""
            links:
              - {pairs: [node 0-7 nic 0 - leaf 0, node 8-15 nic 0 - leaf 1]}
              - {pairs: [leaf 0 - leaf 1], bandwidth: 200 Gb/s, count: 8}
            """);
        Set<Integer> drawn = new TreeSet<>();
        List<Integer> first = new ArrayList<>();
        List<Integer> other = new ArrayList<>();
        Network network = cluster(16, 1, Routing.HASH, 1, links).network();
        Network again = cluster(16, 1, Routing.HASH, 2, links).network();
        for (int from = 0; from < 8; from++) {
            for (int to = 8; to < 16; to++) {
                Route route = network.route(from, to);
                assertArrayEquals(route.resources(), network.route(from, to).resources());
                drawn.add(route.resources()[1]);
                first.add(route.resources()[1]);
                other.add(again.route(from, to).resources()[1]);
            }
        }
        assertEquals(8, drawn.size());
        assertNotEquals(first, other);
        assertEquals(NIC, capacity(network, "leaf 0 to leaf 1 cable 3"));
    }

    @Test
    void whatDoesNotFitIsToldLineByLine() {
        List<FabricLink> links = links("""
            links:
              - {pairs: [node 0-2 nic 0 - leaf 0]}
              - {pairs: [node 0 nic 0 - leaf 0, node 0 nic 0 - leaf 1]}
              - {pairs: [node 1 nic 0 - leaf 0], bandwidth: 100 Gb/s}
              - {pairs: [leaf 3 - leaf 3], bandwidth: 100 Gb/s}
            """);
        Cluster cluster = cluster(2, 1, Routing.BALANCED, 1, links);
        List<Fault> faults = ((FabricShape.Written) cluster.fabric().shape()).faults(cluster);
        assertEquals(List.of(0, 1, 2, 3), faults.stream().map(Fault::line).toList());
        assertThrows(IllegalArgumentException.class, cluster::network);
    }

    @Test
    void aFabricInPartsIsRefused() {
        List<FabricLink> links = links("links: [{pairs: [node 0-1 nic 0 - leaf 0, node 2-3 nic 0 - leaf 1]}]");
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> cluster(4, 1, Routing.BALANCED, 1, links).network());
        assertEquals("the cluster is cut in parts: node 0 cannot reach node 2", refused.getMessage());
    }

    @Test
    void gapsAreTold() {
        List<FabricLink> links =
                links("links: [{pairs: [node 0-1 nic 0 - leaf 0]}, {pairs: [leaf 8 - spine 1], bandwidth: 1 Gb/s}]");
        Cluster cluster = cluster(4, 1, Routing.BALANCED, 1, links);
        assertEquals(
                List.of(
                        new Fault(Fault.EVERYWHERE, "node 2 nic 0 and 1 more have no cable; every interface needs one"),
                        new Fault(Fault.EVERYWHERE, "no interface reaches leaf 8")),
                ((FabricShape.Written) cluster.fabric().shape()).faults(cluster));
    }
}
