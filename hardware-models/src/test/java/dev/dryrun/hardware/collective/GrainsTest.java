// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.hardware.topology.Routing;
import dev.dryrun.sim.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Chunk by chunk a large collective takes what it takes as a whole.
class GrainsTest {
    private static final double CLOSE = 0.03;
    private static final NetworkClass RDMA = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);
    private static final List<String> WRITTEN = List.of("dgx-1v-16gb", "box-8x-a100-pcie", "box-8x-l40s", "frontier");

    private static Cluster randomCluster(RandomGenerator random) {
        int gpus = random.nextInt(1, 9);
        var wiring = random.nextBoolean() ? DomainWiring.SWITCHED : DomainWiring.MESH;
        NodeType node = random.nextInt(3) == 0
                ? Machines.node(WRITTEN.get(random.nextInt(WRITTEN.size())))
                : new NodeType("n", "n", "a", "nccl", gpus, wiring, "nvlink4", 100e9, gpus, 25e9, 63e9);
        boolean rails = random.nextBoolean();
        double narrowing = 1 + random.nextInt(3);
        FabricShape shape = random.nextInt(3) > 0
                ? FabricShape.Clos.leafSpine(rails, random.nextInt(2, 9), narrowing)
                : new FabricShape.Dragonfly(
                        random.nextInt(1, 5), random.nextInt(2, 5), 64, narrowing, Routing.ADAPTIVE);
        int nodes = node.nics() == 0 ? 1 : random.nextInt(1, 7);
        return new Cluster(node, nodes, new Fabric("f", shape, 1e-7, 6e-7, RDMA));
    }

    /// As many GPUs of each node that takes part, anywhere on it.
    private static int[] randomGroup(RandomGenerator random, Cluster cluster) {
        int perNode = random.nextInt(1, cluster.node().gpus() + 1);
        int nodes = random.nextInt(1, cluster.nodes() + 1);
        int[] gpus = new int[nodes * perNode];
        int[] order = shuffled(random, cluster.nodes());
        for (int node = 0; node < nodes; node++) {
            int[] places = shuffled(random, cluster.node().gpus());
            Arrays.sort(places, 0, perNode);
            for (int i = 0; i < perNode; i++) {
                gpus[node * perNode + i] = order[node] * cluster.node().gpus() + places[i];
            }
        }
        return gpus;
    }

    private static int[] shuffled(RandomGenerator random, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /// Also with a library whose pipelines have no start of their own.
    @ParameterizedTest
    @ValueSource(strings = {"hgx-h100", "mi300x-platform", "tpu-v4-host"})
    void nothingTakesTheLatencyOfATree(String node) {
        Cluster cluster = Machines.cluster(node, 2, "rail-optimised");
        Collectives trees = Machines.collectives(cluster)
                .restrictedTo(Restriction.to("tree").in(Protocol.SIMPLE));
        int[] all = Machines.range(cluster.gpus());
        double latency = trees.chosen(CollectiveKind.ALL_REDUCE, 0, all).latencySeconds();
        assertEquals(latency, trees.chunkedSeconds(CollectiveKind.ALL_REDUCE, 0, all), 1e-9);
    }

    @RepeatedTest(120)
    void ringsAgree(RepetitionInfo repetition) {
        var random = new RandomStreams(1, repetition.getCurrentRepetition()).stream("grains", 0);
        CollectiveKind[] kinds = {
            CollectiveKind.ALL_REDUCE,
            CollectiveKind.ALL_GATHER,
            CollectiveKind.REDUCE_SCATTER,
            CollectiveKind.BROADCAST,
            CollectiveKind.REDUCE
        };
        agree(random, kinds[random.nextInt(kinds.length)], "ring");
    }

    @RepeatedTest(80)
    void allToAllsAgree(RepetitionInfo repetition) {
        var random = new RandomStreams(2, repetition.getCurrentRepetition()).stream("grains", 0);
        agree(random, CollectiveKind.ALL_TO_ALL, "ring");
    }

    @RepeatedTest(40)
    void treesAgree(RepetitionInfo repetition) {
        var random = new RandomStreams(3, repetition.getCurrentRepetition()).stream("grains", 0);
        agree(random, CollectiveKind.ALL_REDUCE, "tree");
    }

    /// A broadcast and a chain of a tree take all hops of a ring but one. Where hops share a wire, as in a box of
    /// processors, they are quicker than the fluid plan says, which charges the whole ring. On three nodes a
    /// tree's busiest node has three edges where the fluid plan charges four, whose share was fitted so.
    private static void agree(RandomGenerator random, CollectiveKind kind, String algorithm) {
        Cluster cluster = randomCluster(random);
        int[] gpus = randomGroup(random, cluster);
        if (gpus.length < 2) {
            return;
        }
        Collectives collectives = new Collectives(cluster.network(), RDMA, Machines.library(cluster))
                .restrictedTo(Restriction.to(algorithm).in(Protocol.SIMPLE));
        if (!collectives.serves(kind, gpus)) {
            return;
        }
        double bytes = algorithm.equals("tree") ? 4e9 : 16e9;
        double fluid = collectives.aloneSeconds(kind, bytes, gpus);
        double chunked = collectives.chunkedSeconds(kind, bytes, gpus);
        String what = kind + " " + cluster.node().name() + " " + cluster.node().wiring() + " of "
                + cluster.node().gpus() + " " + Arrays.toString(gpus) + " "
                + cluster.fabric().shape();
        boolean open = kind == CollectiveKind.BROADCAST || kind == CollectiveKind.REDUCE || algorithm.equals("tree");
        boolean threeNodes = algorithm.equals("tree")
                && Arrays.stream(gpus).map(cluster::nodeOf).distinct().count() == 3;
        if (threeNodes) {
            assertTrue(chunked <= (1 + CLOSE) * fluid && chunked >= (0.75 - CLOSE) * fluid, what);
        } else if (open && cluster.node().wiring() == DomainWiring.WRITTEN) {
            assertTrue(chunked <= (1 + CLOSE) * fluid, what);
        } else {
            assertEquals(1, chunked / fluid, CLOSE, what);
        }
    }
}
