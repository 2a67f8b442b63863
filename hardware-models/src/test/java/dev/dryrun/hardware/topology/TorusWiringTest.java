// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.dryrun.sim.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorusWiringTest {
    private static final NetworkClass RDMA = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);
    private static final double LINK = 50e9;

    private static Network torus(boolean closed, int... lengths) {
        return torus(GridShape.of(closed, lengths));
    }

    private static Network torus(GridShape grid) {
        var wiring = grid.axes().size() == 2 ? DomainWiring.TORUS_2D : DomainWiring.TORUS_3D;
        var node = new NodeType("t", "t", "a", "xla", 1, wiring, "ici", LINK, 0, 0, 0).withGrid(grid);
        return new Cluster(node, 1, new Fabric("f", new FabricShape.Alone(), 0, 0, RDMA)).network();
    }

    /// Google Cloud's documents print 1.6 TB/s for a v5e pod, 16 x 16 chips with 50 GB/s links, and 3.2 TB/s for v6e
    /// with links twice as fast: two cuts of 16 rows each.
    @Test
    void bisectionOfAPodIsThePublishedOne() {
        assertEquals(1.6e12, Bisection.bytesPerSecond(torus(true, 16, 16)), 1);
    }

    /// An even closed torus is cut across its last axis, which is among the longest: two links for each line. So 4,096
    /// chips of v4, 16 x 16 x 16 with 45 GB/s, have 23 TB/s, where Google Cloud prints 24.
    @ParameterizedTest
    @CsvSource({"4, 4, 4", "2, 4, 4", "2, 4, 8"})
    void bisectionIsTwoLinksALine(int x, int y, int z) {
        assertEquals(2.0 * x * y * LINK, Bisection.bytesPerSecond(torus(true, x, y, z)), 1);
        assertEquals(1.0 * x * y * LINK, Bisection.bytesPerSecond(torus(false, x, y, z)), 1);
        assertEquals(24e12, 2.0 * 16 * 16 * 45e9, 1e12);
    }

    /// A way is as long as the shortest path of the graph, and the bytes leave and arrive in full.
    @RepeatedTest(30)
    void waysAreShortest(RepetitionInfo repetition) {
        var random = new RandomStreams(5, repetition.getCurrentRepetition()).stream("tori", 0);
        List<GridShape.Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            axes.add(new GridShape.Axis(random.nextInt(1, 6), random.nextBoolean()));
        }
        Network network = torus(new GridShape(axes));
        var shortest = new DijkstraShortestPath<>(network.asGraph());
        int gpus = network.cluster().gpus();
        for (int to = 0; to < gpus; to++) {
            int from = random.nextInt(gpus);
            if (from == to) {
                continue;
            }
            double length =
                    shortest.getPathWeight(new Vertex(Vertex.Kind.GPU, 0, from), new Vertex(Vertex.Kind.GPU, 0, to));
            Route route = network.route(from, to);
            assertEquals(length, java.util.Arrays.stream(route.shares()).sum(), 1e-9);
            double leaving = 0;
            for (int i = 0; i < route.resources().length; i++) {
                String name = network.nameOf(route.resources()[i]);
                leaving += name.startsWith("node 0 gpu " + from + " to ") ? route.shares()[i] : 0;
            }
            assertEquals(1, leaving, 1e-12);
        }
    }

    /// The usage of a line: of m parts each ends at one chip, so the first link passes m-1 of them on.
    @Test
    void aStretchOfAnAxisIsALine() {
        BoxUse box = torus(true, 8, 2).boxAmong(0, new int[] {6, 7, 0});
        assertNotNull(box);
        BoxUse.Axis line = box.axes().getFirst();
        assertEquals(1, box.axes().size());
        assertEquals(3, line.members());
        assertEquals(2, line.hops());
        assertEquals(4, line.wires().length);
        assertEquals(LINK / (2.0 / 3), line.bytesPerSecond(), 1);
    }

    @Test
    void everySecondChipOfAClosedAxisIsARing() {
        BoxUse box = torus(true, 8, 2).boxAmong(0, new int[] {0, 2, 4, 6});
        assertNotNull(box);
        BoxUse.Axis ring = box.axes().getFirst();
        assertEquals(4, ring.hops());
        assertEquals(16, ring.wires().length);
        assertEquals(LINK / (3.0 / 8), ring.bytesPerSecond(), 1);
    }

    @Test
    void whatIsNoBoxIsNone() {
        Network network = torus(true, 4, 4);
        assertNull(network.boxAmong(0, new int[] {0, 1, 4}));
        assertNotNull(network.boxAmong(0, new int[] {0, 1, 4, 5}));
        assertEquals(
                2, network.boxAmong(0, IntStream.range(0, 16).toArray()).axes().size());
    }
}
