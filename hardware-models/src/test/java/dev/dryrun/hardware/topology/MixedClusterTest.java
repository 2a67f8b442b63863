// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.FabricShape.Clos;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jgrapht.Graph;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MixedClusterTest {
    private static final NetworkClass CLASS = new NetworkClass("test", 1e-6, 2e-6, 0.9, 0.9);

    private static NodeType node(String name, int gpus, int nics, double nicBytesPerSecond) {
        return new NodeType(
                name,
                name,
                "none",
                "nccl",
                gpus,
                DomainWiring.SWITCHED,
                "nvlink4",
                450e9,
                nics,
                nicBytesPerSecond,
                64e9);
    }

    private static Cluster mixed(boolean rails) {
        return new Cluster(
                List.of(
                        new ClusterPart(node("slow", 8, 4, 12.5e9), 3),
                        new ClusterPart(node("quick", 4, 8, 50e9), 2),
                        new ClusterPart(node("middle", 6, 6, 25e9), 1)),
                new Fabric("test", Clos.leafSpine(rails, 8, 1), 1e-7, 1e-6, CLASS),
                List.of());
    }

    @Test
    void gpusAreCountedPartAfterPart() {
        Cluster cluster = mixed(false);
        assertEquals(3 * 8 + 2 * 4 + 6, cluster.gpus());
        assertEquals(6, cluster.nodes());
        assertEquals(3 * 4 + 2 * 8 + 6, cluster.ports());
        for (int number = 0; number < cluster.nodes(); number++) {
            for (int local = 0; local < cluster.node(number).gpus(); local++) {
                int gpu = cluster.firstGpuOf(number) + local;
                assertEquals(number, cluster.nodeOf(gpu));
                assertEquals(local, cluster.localOf(gpu));
                assertEquals(cluster.partOfNode(number), cluster.partOf(gpu));
            }
            for (int nic = 0; nic < cluster.node(number).nics(); nic++) {
                assertEquals(number, cluster.nodeOfPort(cluster.firstPortOf(number) + nic));
            }
        }
    }

    /// Two GPUs of the slow node share an interface of 12.5 GB/s; a quick one has two of 50, of which bytes from part
    /// to part use both. A way is as wide as the narrowest of its links for their share of the bytes.
    @Test
    void betweenPartsTheSlowerInterfacesBind() {
        Network network = mixed(false).network();
        assertEquals(12.5e9, width(network, 0, 24), 1);
        assertEquals(12.5e9, width(network, 24, 0), 1);
        assertEquals(25e9, width(network, 24, 32), 1);
        assertEquals(64e9, width(network, 24, 28), 1, "two interfaces of 50 GB/s behind a link of 64 GB/s");
    }

    private static double width(Network network, int from, int to) {
        Route route = network.route(from, to);
        double width = Double.POSITIVE_INFINITY;
        for (int i = 0; i < route.resources().length; i++) {
            width = Math.min(width, network.capacityBytesPerSecond()[route.resources()[i]] / route.shares()[i]);
        }
        return width;
    }

    @Test
    void everyLinkHasANameOfItsOwn() {
        Network network = mixed(true).network();
        Set<String> names = new HashSet<>();
        for (int resource = 0; resource < network.resources(); resource++) {
            assertTrue(names.add(network.nameOf(resource)), network.nameOf(resource));
            assertTrue(network.capacityBytesPerSecond()[resource] > 0, network.nameOf(resource));
        }
    }

    /// Where a GPU has one interface, its way is a shortest one of the graph.
    @RepeatedTest(10)
    void waysAreShortestOnes(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        Cluster cluster = new Cluster(
                List.of(
                        new ClusterPart(node("a", 4, 4, 25e9), random.nextInt(1, 6)),
                        new ClusterPart(node("b", 2, 2, 50e9), random.nextInt(1, 6))),
                new Fabric("test", Clos.leafSpine(random.nextBoolean(), 8, random.nextInt(1, 4)), 1e-7, 1e-6, CLASS),
                List.of());
        Network network = cluster.network();
        Graph<Vertex, Link> graph = network.asGraph();
        int from = random.nextInt(cluster.gpus());
        int to = random.nextInt(cluster.gpus());
        if (from == to) {
            return;
        }
        Set<Integer> onPath = new HashSet<>();
        DijkstraShortestPath.findPathBetween(graph, vertex(cluster, from), vertex(cluster, to))
                .getEdgeList()
                .forEach(link -> onPath.add(link.resource()));
        Route route = network.route(from, to);
        for (int resource : route.resources()) {
            assertTrue(onPath.contains(resource), network.nameOf(resource));
        }
    }

    private static Vertex vertex(Cluster cluster, int gpu) {
        return new Vertex(Vertex.Kind.GPU, cluster.nodeOf(gpu), cluster.localOf(gpu));
    }

    @Test
    void partsNeedALeafAndSpineFabricAllOfWhichIsWell() {
        List<ClusterPart> parts = mixed(false).parts();
        var alone = new Fabric("alone", new FabricShape.Alone(), 0, 0, CLASS);
        var dragonfly = new Fabric("df", new FabricShape.Dragonfly(4, 4, 4, 1, Routing.BALANCED), 0, 0, CLASS);
        assertThrows(IllegalArgumentException.class, () -> new Cluster(parts, alone, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Cluster(parts, dragonfly, List.of()));
        var slow = new Degraded(java.util.Objects.requireNonNull(Degraded.part("node 0 nic 0")), 0.5);
        assertThrows(IllegalArgumentException.class, () -> mixed(false).withDegraded(List.of(slow)));
    }
}
