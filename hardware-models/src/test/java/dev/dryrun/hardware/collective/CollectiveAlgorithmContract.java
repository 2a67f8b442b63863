// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.sim.random.RandomStreams;
import dev.dryrun.sim.sharing.Footprint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// What every collective algorithm must do, on random groups of random clusters.
abstract class CollectiveAlgorithmContract {
    private static final List<String> NODES =
            List.of("dgx-a100-80gb", "hgx-h100", "hpe-a100-80gb-4nic", "mi300x-platform", "dgx-2");

    private static final List<CollectiveKind> KINDS = List.of(CollectiveKind.values());

    private final CollectiveAlgorithm algorithm;

    CollectiveAlgorithmContract(CollectiveAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    private record Case(CollectiveKind kind, Group group, CollectivePlan plan, double[] capacity) {}

    private Case randomCase(RepetitionInfo repetition) {
        var random = new RandomStreams(1, repetition.getCurrentRepetition()).stream(algorithm.name(), 0);
        for (int attempt = 0; attempt < 2000; attempt++) {
            int nodes = random.nextBoolean() ? 1 : random.nextInt(2, 7);
            String fabric = random.nextBoolean() ? "fat-tree" : "rail-optimised";
            Cluster cluster = Machines.cluster(NODES.get(random.nextInt(NODES.size())), nodes, fabric);
            var kind = KINDS.get(random.nextInt(KINDS.size()));
            int[] gpus = kind == CollectiveKind.SEND_RECV ? pair(cluster, random) : someOf(cluster, random);
            Network network = cluster.network();
            var library = Machines.library(cluster);
            var group = new Group(network, cluster.fabric().network(), library, gpus);
            if (gpus.length > 1 && algorithm.offers(kind, group)) {
                return new Case(kind, group, algorithm.plan(kind, group), network.capacityBytesPerSecond());
            }
        }
        throw new AssertionError(algorithm.name() + " is never offered");
    }

    private static int[] pair(Cluster cluster, RandomGenerator random) {
        int from = random.nextInt(cluster.gpus());
        return new int[] {from, (from + random.nextInt(1, cluster.gpus())) % cluster.gpus()};
    }

    /// A block of each node, at times one member more on the first.
    private static int[] someOf(Cluster cluster, RandomGenerator random) {
        int perNode = random.nextInt(1, cluster.node().gpus() + 1);
        int extra = random.nextInt(4) == 0 && perNode < cluster.node().gpus() ? 1 : 0;
        int[] gpus = new int[perNode * cluster.nodes() + extra];
        int size = 0;
        for (int node = 0; node < cluster.nodes(); node++) {
            for (int k = 0; k < perNode + (node == 0 ? extra : 0); k++) {
                gpus[size++] = node * cluster.node().gpus() + k;
            }
        }
        return gpus;
    }

    /// Bytes that must leave one of n equal parts of the group (a rank, or a node) per byte of the collective,
    /// whatever the algorithm: all-reduce: all of them, as every element of the result depends on the part.
    /// All-gather: its own share. Reduce-scatter: the sums that others end with. All-to-all: what each of its ranks has
    /// for the ranks outside. A broadcast, reduce or message binds single parts only.
    private static double leastOut(CollectiveKind kind, int members, int ranks) {
        double share = (double) members / ranks;
        return switch (kind) {
            case ALL_REDUCE -> 1;
            case ALL_GATHER -> share;
            case REDUCE_SCATTER -> 1 - share;
            case ALL_TO_ALL -> members * (1 - share);
            case BROADCAST, REDUCE, SEND_RECV, BARRIER -> 0;
        };
    }

    @RepeatedTest(100)
    void movesAtLeastTheLowerBoundOverEveryNodesCut(RepetitionInfo repetition) {
        Case c = randomCase(repetition);
        if (c.group().nodes() == 1) {
            return;
        }
        Network network = c.group().network();
        Footprint footprint = c.plan().main().footprint();
        Map<String, Double> out = new TreeMap<>();
        for (int i = 0; i < footprint.size(); i++) {
            String name = network.nameOf(footprint.resources()[i]);
            if (name.contains(" nic ") && name.endsWith("out")) {
                out.merge(name.substring(0, name.indexOf(" nic ")), footprint.usagePerUnit()[i], Double::sum);
            }
        }
        int parts = c.kind() == CollectiveKind.SEND_RECV ? 1 : c.group().nodes();
        assertEquals(parts, out.size());
        for (int[] members : c.group().membersByNode()) {
            String node = "node " + network.cluster().nodeOf(members[0]);
            double least = leastOut(c.kind(), members.length, c.group().ranks());
            assertTrue(out.getOrDefault(node, 0.0) >= least, () -> c.kind() + " " + out);
        }
    }

    @RepeatedTest(100)
    void movesAtLeastTheLowerBoundOutOfEveryGpuOfANode(RepetitionInfo repetition) {
        Case c = randomCase(repetition);
        if (c.group().nodes() > 1 || c.kind() == CollectiveKind.SEND_RECV) {
            return;
        }
        Network network = c.group().network();
        Footprint footprint = c.plan().main().footprint();
        int n = c.group().ranks();
        double[] out = new double[network.cluster().gpus()];
        for (int i = 0; i < footprint.size(); i++) {
            String[] words = network.nameOf(footprint.resources()[i]).split(" ", -1);
            if (!words[words.length - 1].equals("in")) {
                out[Integer.parseInt(words[3])] += footprint.usagePerUnit()[i];
            }
        }
        for (int rank = 0; rank < n; rank++) {
            assertTrue(out[c.group().gpu(rank)] >= leastOut(c.kind(), 1, n) - 1e-12, () -> Arrays.toString(out));
        }
    }

    /// Beyond the fill, each byte more costs the reciprocal of the lone rate: T(2S) - T(S) = S / rate.
    @RepeatedTest(100)
    void isLinearInLargeSizes(RepetitionInfo repetition) {
        Case c = randomCase(repetition);
        double bytes = Math.max(1e9, c.plan().fillBytes());
        double slope = (c.plan().seconds(2 * bytes) - c.plan().seconds(bytes)) / bytes;
        assertEquals(1 / c.plan().main().aloneBytesPerSecond(), slope, 1e-9 * slope);
        assertTrue(c.plan().main().aloneBytesPerSecond() > 0);
    }

    @RepeatedTest(100)
    void neverGetsQuickerWithMoreBytes(RepetitionInfo repetition) {
        Case c = randomCase(repetition);
        double before = c.plan().seconds(0);
        assertEquals(c.plan().latencySeconds(), before);
        for (double bytes = 1; bytes < 1e11; bytes *= 2) {
            double now = c.plan().seconds(bytes);
            assertTrue(now > before, () -> c.kind() + " over " + c.group().ranks());
            before = now;
        }
    }

    /// The engine rounds each phase to ticks: half a tick for the latency, half for the work of each of two phases.
    @RepeatedTest(100)
    void theActivityAloneTakesTheSecondsOfThePlan(RepetitionInfo repetition) {
        Case c = randomCase(repetition);
        double bytes = Math.scalb(
                1.0 + repetition.getCurrentRepetition() / 128.0, 10 + repetition.getCurrentRepetition() % 24);
        double seconds = c.plan().seconds(bytes);
        double nanos = c.plan().activity(bytes).aloneNanos(c.capacity());
        assertEquals(seconds * 1e9, nanos, 1.5 + 1e-9 * seconds * 1e9);
    }
}
