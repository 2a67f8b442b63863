// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.graph.AsUndirectedGraph;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DegradedTest {
    private static final NetworkClass RDMA = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);
    private static final double NIC = 25e9;

    private static Cluster cluster(DomainWiring wiring, int nodes, FabricShape shape) {
        var node = new NodeType("n", "n", "a", "nccl", 4, wiring, "nvlink4", 100e9, 4, NIC, 63e9);
        return new Cluster(node, nodes, new Fabric("f", shape, 1e-7, 6e-7, RDMA));
    }

    /// Leaves of 8 ports down and 8 up, so of two nodes each.
    private static Cluster leaves() {
        return cluster(DomainWiring.SWITCHED, 4, FabricShape.Clos.leafSpine(false, 16, 1));
    }

    private static Degraded part(String text, double rate) {
        return new Degraded(Objects.requireNonNull(Degraded.part(text), text), rate);
    }

    private static Network with(Cluster cluster, Degraded... parts) {
        return cluster.withDegraded(List.of(parts)).network();
    }

    private static Map<String, Double> shares(Network network, int from, int to) {
        Route route = network.route(from, to);
        Map<String, Double> shares = new TreeMap<>();
        for (int i = 0; i < route.resources().length; i++) {
            shares.merge(network.nameOf(route.resources()[i]), route.shares()[i], Double::sum);
        }
        return shares;
    }

    private static String refusal(Cluster cluster, Degraded... parts) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> with(cluster, parts))
                .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"node 3 nic 2", "node 0 gpu 1 - gpu 2", "node 0 gpu 1", "leaf 0 - spine 1", "leaf 4", "spine 0"})
    void partsAreNamedAsTheyAreShown(String text) {
        assertEquals(text, String.valueOf(Degraded.part(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "node 3", "nic 2", "leaf", "core 1", "leaf 0 - ", "leaf 0 - spine 1 - leaf 2", "gpu 0"})
    void otherTextsNameNothing(String text) {
        assertNull(Degraded.part(text));
    }

    @Test
    void aSlowInterfaceKeepsItsWays() {
        Network well = leaves().network();
        Network slow = with(leaves(), part("node 1 nic 2", 0.5));
        assertArrayEquals(well.route(6, 13).resources(), slow.route(6, 13).resources());
        assertEquals(NIC / 2, slow.capacityBytesPerSecond()[slow.nicOut(1, 2)]);
        assertEquals(NIC / 2, slow.capacityBytesPerSecond()[slow.nicOut(1, 2) + 1]);
        assertEquals(NIC, slow.capacityBytesPerSecond()[slow.nicOut(2, 2)]);
    }

    /// GPU 2 of node 1 hands its bytes to the next GPU, whose interface sends them to that of GPU 2 over there.
    @Test
    void aNeighboursInterfaceIsTakenWhereTheOwnIsDown() {
        Network network = with(leaves(), part("node 1 nic 2", 0));
        Map<String, Double> there = shares(network, 6, 10);
        assertEquals(1, there.get("node 1 nic 3 out"));
        assertEquals(1, there.get("node 1 gpu 2 nvlink4 out"));
        assertEquals(1, there.get("node 1 gpu 3 nvlink4 in"));
        assertEquals(1, there.get("node 2 nic 2 in"));
        assertEquals(1, shares(network, 10, 6).get("node 1 nic 3 in"));
        assertFalse(network.hasOwnWay(6, 10));
        assertTrue(network.hasOwnWay(5, 10));
    }

    /// Where its lanes are down, an interface is as good as down itself: ways are those without it.
    @ParameterizedTest
    @ValueSource(strings = {"node 1 gpu 2 - pcie-switch 2", "node 1 pcie-switch 2 - nic 2", "node 1 pcie-switch 2"})
    void anInterfaceThatNoGpuReachesIsDown(String lanes) {
        Network network = with(leaves(), part(lanes, 0));
        Network without = with(leaves(), part("node 1 nic 2", 0));
        assertArrayEquals(without.capacityBytesPerSecond(), network.capacityBytesPerSecond());
        for (int[] pair : new int[][] {{6, 10}, {10, 6}, {5, 10}, {6, 11}}) {
            assertEquals(shares(without, pair[0], pair[1]), shares(network, pair[0], pair[1]));
        }
        assertFalse(network.hasOwnWay(6, 10));
        Degraded[] all = IntStream.range(0, 4)
                .mapToObj(gpu -> part("node 1 pcie-switch " + gpu, 0))
                .toArray(Degraded[]::new);
        assertEquals("the cluster is cut in parts: node 0 cannot reach node 1", refusal(leaves(), all));
    }

    /// A leaf with 8 ports up spreads over the 7 that are left, and so does what comes from other leaves.
    @Test
    void otherUplinksTakeOver() {
        Network network = with(leaves(), part("leaf 0 - spine 3", 0));
        for (int[] pair : new int[][] {{0, 8}, {8, 0}}) {
            Map<String, Double> shares = shares(network, pair[0], pair[1]);
            String up = pair[0] == 0 ? "leaf 0 up to spine " : "leaf 1 up to spine ";
            for (int spine = 0; spine < 8; spine++) {
                assertEquals(spine == 3 ? 0 : 1.0 / 7, shares.getOrDefault(up + spine, 0.0), 1e-12);
            }
        }
    }

    /// Two planes, of which GPU 0's interface has lost its first: it keeps half of its rate, and bytes stay on the
    /// second plane to the end. Where the other end has lost that one, a neighbour's interface is taken.
    @Test
    void aPlaneIsLostWithItsLeaf() {
        var planes = new FabricShape.Clos(true, 4, 1, 2, List.of(), Routing.BALANCED, 1);
        Cluster cluster = cluster(DomainWiring.SWITCHED, 4, planes);
        Network network = with(cluster, part("leaf 0", 0));
        Map<String, Double> shares = shares(network, 0, 8);
        for (int spine = 0; spine < 2; spine++) {
            assertEquals(0.5, shares.get("leaf 1 up to spine " + spine));
            assertEquals(0.5, shares.get("leaf 9 down to spine " + spine));
        }
        assertEquals(NIC / 2, network.capacityBytesPerSecond()[network.nicOut(0, 0)]);
        assertEquals(NIC, network.capacityBytesPerSecond()[network.nicOut(0, 1)]);
        assertEquals(NIC, network.capacityBytesPerSecond()[network.nicOut(2, 0)]);

        Network apart = with(cluster, part("leaf 0", 0), part("leaf 9", 0));
        assertFalse(apart.hasOwnWay(0, 8));
        assertTrue(apart.hasOwnWay(0, 4));
        assertEquals(1, shares(apart, 0, 8).get("node 0 nic 0 out"));
        assertEquals(1, shares(apart, 0, 8).get("node 2 nic 1 in"));
    }

    @Test
    void theLinkOfAMeshIsGoneAround() {
        Cluster mesh = cluster(DomainWiring.MESH, 1, new FabricShape.Alone());
        Map<String, Double> shares = shares(with(mesh, part("node 0 gpu 1 - gpu 2", 0)), 1, 2);
        assertEquals(0.5, shares.get("node 0 gpu 1 to gpu 0 nvlink4"));
        assertEquals(0.5, shares.get("node 0 gpu 3 to gpu 2 nvlink4"));
        assertEquals(4, shares.size());
    }

    /// Among four GPUs of a mesh there are three rings, two of which use the link between two given ones in either
    /// direction; without it, GPUs 1 and 2 have links to two others, so two rings.
    @Test
    void ringsAvoidALinkThatIsDown() {
        Cluster mesh = cluster(DomainWiring.MESH, 1, new FabricShape.Alone());
        double link = 100e9;
        int[] all = {0, 1, 2, 3};
        assertEquals(3 * link, mesh.network().ringAmong(0, all, false).bytesPerSecond(), 1);
        RingUse left = with(mesh, part("node 0 gpu 1 - gpu 2", 0)).ringAmong(0, all, false);
        assertEquals(2 * link, left.bytesPerSecond(), 1);
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertEquals(
                "there is no node 9 nic 2 on the network; 4 nodes have 4 interfaces each",
                refusal(leaves(), part("node 9 nic 2", 0.5)));
        assertEquals("the fabric has no leaf 0 - spine 8", refusal(leaves(), part("leaf 0 - spine 8", 0.5)));
        assertEquals(
                "a node has no link gpu 0 - gpu 1 that could be degraded",
                refusal(leaves(), part("node 0 gpu 0 - gpu 1", 0.5)));
        assertEquals("there is no node 4 gpu 0; nodes are 0 to 3", refusal(leaves(), part("node 4 gpu 0", 0.5)));
        Cluster alone = cluster(DomainWiring.SWITCHED, 1, new FabricShape.Alone());
        assertEquals(
                "a node that stands alone has no network for node 0 nic 0", refusal(alone, part("node 0 nic 0", 0.5)));
        assertThrows(IllegalArgumentException.class, () -> part("node 0 nic 0", 1.1));
    }

    @Test
    void switchesOfTheSecondSiteAreNamedAsTheyAreWritten() {
        assertEquals(
                "site 1 leaf 0",
                Objects.requireNonNull(Degraded.part("site 1 leaf 0")).toString());
    }

    @Test
    void aClusterCutInPartsIsRefused() {
        assertEquals("the cluster is cut in parts: node 0 cannot reach node 1", refusal(leaves(), part("leaf 0", 0)));
        Degraded[] all = {
            part("node 3 nic 0", 0), part("node 3 nic 1", 0), part("node 3 nic 2", 0), part("node 3 nic 3", 0)
        };
        assertEquals("the cluster is cut in parts: node 0 cannot reach node 3", refusal(leaves(), all));
        assertEquals(
                "node 0 is cut in parts: gpu 0 cannot reach gpu 1",
                refusal(cluster(DomainWiring.MESH, 1, new FabricShape.Alone()), part("node 0 gpu 1", 0)));
    }

    private static Degraded randomPart(RandomGenerator random, Cluster cluster) {
        double rate = random.nextBoolean() ? 0 : 0.25;
        if (cluster.nodes() > 1 && random.nextBoolean()) {
            List<FabricLinks.Edge> edges = cluster.fabric().shape().linksOneByOne(cluster).edges().stream()
                    .filter(edge -> edge.link() >= 0 && edge.from().index() < TwoSitesLinks.SECOND_SITE)
                    .filter(edge -> edge.to().index() < TwoSitesLinks.SECOND_SITE)
                    .toList();
            if (!edges.isEmpty()) {
                FabricLinks.Edge edge = edges.get(random.nextInt(edges.size()));
                return new Degraded(new Degraded.Part.Between(edge.from(), edge.to()), rate);
            }
        }
        int node = random.nextInt(cluster.nodes());
        int nic = random.nextInt(cluster.node().nics());
        return cluster.nodes() > 1
                ? new Degraded(new Degraded.Part.Interface(node, nic), rate)
                : part("node 0 gpu 0", 0.25);
    }

    /// On random clusters of which random parts are slow or down either the network says that it is cut, or every way
    /// leads over links that are up, and all bytes leave and arrive. Where nothing is down it is never cut, and if the
    /// graph that is left is whole, neither.
    @RepeatedTest(100)
    void waysFollowWhatIsUp(RepetitionInfo repetition) {
        var random = new RandomStreams(9, repetition.getCurrentRepetition()).stream("degraded", 0);
        Cluster cluster = NetworkTest.randomCluster(random);
        List<Degraded> parts = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            parts.add(randomPart(random, cluster));
        }
        Network network;
        try {
            network = cluster.withDegraded(parts).network();
        } catch (IllegalArgumentException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("cut in parts"), e.getMessage());
            assertTrue(parts.stream().anyMatch(Degraded::isDown), () -> parts + " " + e.getMessage());
            return;
        }
        assertTrue(new ConnectivityInspector<>(new AsUndirectedGraph<>(network.asGraph()))
                        .connectedSets().stream()
                                .filter(set -> set.stream().anyMatch(v -> v.kind() == Vertex.Kind.GPU))
                                .count()
                == 1);
        for (int i = 0; i < 40 && cluster.gpus() > 1; i++) {
            int from = random.nextInt(cluster.gpus());
            int to = random.nextInt(cluster.gpus());
            Route route = network.route(from, to);
            double out = 0;
            double in = 0;
            for (int k = 0; k < route.resources().length; k++) {
                int resource = route.resources()[k];
                assertTrue(network.capacityBytesPerSecond()[resource] > 0, network.nameOf(resource));
                boolean leaves = network.nameOf(resource).matches("node \\d+ nic \\d+ out");
                boolean enters = network.nameOf(resource).matches("node \\d+ nic \\d+ in");
                out += leaves ? route.shares()[k] : 0;
                in += enters ? route.shares()[k] : 0;
            }
            int crosses = cluster.nodeOf(from) == cluster.nodeOf(to) ? 0 : 1;
            assertEquals(crosses, out, 1e-9);
            assertEquals(crosses, in, 1e-9);
        }
    }

    /// Parts of which all is left change no way and no rate, whatever the fabric.
    @RepeatedTest(40)
    void aRateOfOneIsWell(RepetitionInfo repetition) {
        var random = new RandomStreams(10, repetition.getCurrentRepetition()).stream("degraded", 0);
        Cluster cluster = NetworkTest.randomCluster(random);
        Network well = cluster.network();
        var part = new Degraded(randomPart(random, cluster).part(), 1);
        Network same = cluster.withDegraded(List.of(part)).network();
        assertEquals(Bisection.bytesPerSecond(well), Bisection.bytesPerSecond(same), 1e-3, () -> cluster + " " + part);
        assertEquals(total(well), total(same), 1e-6 * total(well));
        assertNotNull(same.asGraph());
    }

    private static double total(Network network) {
        return Arrays.stream(network.capacityBytesPerSecond()).sum();
    }
}
