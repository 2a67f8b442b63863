// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.MaxMin;
import dev.dryrun.sim.sharing.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cases whose answer is known by counting links.
class WorkedChecksTest {
    private static final double GIB = 0x1p30;

    private static CollectivePlan allReduce(Collectives collectives, int... gpus) {
        return collectives.chosen(CollectiveKind.ALL_REDUCE, GIB, gpus);
    }

    private static Set<String> links(Collectives collectives, Footprint footprint) {
        Set<String> names = new TreeSet<>();
        for (int resource : footprint.resources()) {
            names.add(collectives.network().nameOf(resource));
        }
        return names;
    }

    /// Of the seven links of an MI300X two GPUs have the one between them, and eight have all 56, each used alike:
    /// seven times the bus bandwidth. Measured: 47.7 GB/s of 64 and 313 to 317 of 448, which the model's share of 0.71
    /// meets within 5 %.
    @Test
    void twoOfAMeshHaveOneLinkAndEightHaveAll() {
        Collectives mesh = Machines.collectives(Machines.cluster("mi300x-platform", 1, "single-node"));
        CollectivePlan two = allReduce(mesh, 0, 5);
        CollectivePlan eight = allReduce(mesh, Machines.range(8));
        assertEquals(
                Set.of("node 0 gpu 0 to gpu 5 xgmi3", "node 0 gpu 5 to gpu 0 xgmi3"),
                links(mesh, two.main().footprint()));
        assertEquals(56, links(mesh, eight.main().footprint()).size());
        double[] usage = eight.main().footprint().usagePerUnit();
        assertTrue(Arrays.stream(usage).allMatch(one -> Math.abs(one - usage[0]) < 1e-12));

        double busOfTwo = two.main().aloneBytesPerSecond();
        double busOfEight = eight.main().aloneBytesPerSecond() * 14 / 8;
        assertEquals(7, busOfEight / busOfTwo, 1e-9);
        assertEquals(47.7e9, busOfTwo, 0.05 * 47.7e9);
        assertEquals(315e9, busOfEight, 0.05 * 315e9);
    }

    /// Two nodes of 8 B200 with 8 x 50 GB/s, 4 GiB: a flat ring sends 30/16 of it over the interfaces, 20.1 ms at their
    /// line rate. By stages each GPU's part crosses once each way, 10.7 ms, and the links inside work meanwhile.
    /// Measured: 11.38 ms, so by stages; the model takes 0.93 of the line and the start of the pipeline, within 5 %.
    @Test
    void twoNodesOfB200ReduceByStages() {
        Collectives b200 = Machines.collectives(Machines.cluster("dgx-b200", 2, "rail-optimised"));
        int[] all = Machines.range(16);
        double bytes = 4 * GIB;
        double flat = 30.0 / 16 * bytes / 400e9;
        double staged = bytes / 400e9;
        assertEquals(20.1e-3, flat, 0.05e-3);
        assertEquals(10.7e-3, staged, 0.05e-3);

        CollectivePlan plan = b200.chosen(CollectiveKind.ALL_REDUCE, bytes, all);
        assertEquals("nvls-tree simple", plan.choice());
        assertEquals(staged / 0.93, bytes / plan.main().aloneBytesPerSecond(), 1e-9);
        assertEquals(11.38e-3, plan.seconds(bytes), 0.05 * 11.38e-3);
        double ring = b200.restrictedTo(Restriction.to("ring")).aloneSeconds(CollectiveKind.ALL_REDUCE, bytes, all);
        assertTrue(ring > flat, () -> ring + " s");
        double chain = b200.restrictedTo(Restriction.to("tree").in(Protocol.SIMPLE))
                .aloneSeconds(CollectiveKind.ALL_REDUCE, bytes, all);
        assertTrue(chain > staged && chain < flat, () -> chain + " s");
    }

    /// Four nodes, two on a leaf, with 16 interfaces of 25 GB/s below it and as many above, or half as many.
    private static Collectives twoLeaves(double oversubscription) {
        int ports = oversubscription == 1 ? 32 : 24;
        var shape = FabricShape.Clos.leafSpine(false, ports, oversubscription);
        assertEquals(2, shape.nodesPerLeaf(Machines.node("dgx-a100-80gb")));
        return Machines.collectives(new Cluster(
                Machines.node("dgx-a100-80gb"), 4, Machines.fabric("fat-tree").withShape(shape)));
    }

    /// Rates of messages from every GPU at once.
    private static double[] rates(Collectives collectives, IntUnaryOperator receiver) {
        List<Activity> messages = IntStream.range(
                        0, collectives.network().cluster().gpus())
                .mapToObj(from -> new int[] {from, receiver.applyAsInt(from)})
                .map(pair -> collectives.activity(CollectiveKind.SEND_RECV, GIB, pair))
                .toList();
        return rates(collectives, messages);
    }

    private static double[] rates(Collectives collectives, List<Activity> activities) {
        var sharing = new MaxMin(collectives.network().capacityBytesPerSecond());
        for (int i = 0; i < activities.size(); i++) {
            Phase phase = activities.get(i).phases().getLast();
            sharing.add(i, phase.footprint(), phase.weight(), phase.capPerSecond());
        }
        sharing.solve();
        return IntStream.range(0, activities.size())
                .mapToDouble(sharing::ratePerSecond)
                .toArray();
    }

    /// Every GPU sends to one of the other leaf: 0.72 of 25 GB/s each, half of that where the leaf has half as many
    /// links up. Messages to the other node of the leaf, or within a node, do not feel it; nor do those that cross if
    /// only half of the GPUs send.
    @Test
    void anOversubscribedSpineHalvesWhatCrossesIt() {
        Collectives even = twoLeaves(1);
        Collectives half = twoLeaves(2);
        double alone = 0.72 * 25e9;
        for (int gpu = 0; gpu < 32; gpu++) {
            assertEquals(alone, rates(even, from -> (from + 16) % 32)[gpu], 1);
            assertEquals(alone / 2, rates(half, from -> (from + 16) % 32)[gpu], 1);
            assertEquals(alone, rates(half, from -> from ^ 8)[gpu], 1);
            assertEquals(rates(even, from -> from ^ 1)[gpu], rates(half, from -> from ^ 1)[gpu], 1);
        }
        for (int gpu = 0; gpu < 32; gpu++) {
            double mixed = rates(half, from -> from % 2 == 0 ? (from + 16) % 32 : from ^ 8)[gpu];
            assertEquals(alone, mixed, 1);
        }
    }

    /// One job has the first four GPUs of each of 40 nodes, the other the last four. Their rings and trees have no link
    /// in common, so each runs as if alone, also where the nodes are of two units and rails pass the spines.
    @ParameterizedTest
    @ValueSource(strings = {"ring", "tree"})
    void jobsOnRailsOfTheirOwnDoNotSeeEachOther(String algorithm) {
        Cluster cluster = Machines.cluster("dgx-a100-80gb", 40, "rail-optimised");
        Collectives collectives = Machines.collectives(cluster)
                .restrictedTo(Restriction.to(algorithm).in(Protocol.SIMPLE));
        List<Activity> jobs = IntStream.of(0, 4)
                .mapToObj(first -> IntStream.range(0, 160)
                        .map(i -> i / 4 * 8 + first + i % 4)
                        .toArray())
                .map(gpus -> collectives.activity(CollectiveKind.ALL_REDUCE, GIB, gpus))
                .toList();
        Set<String> first = links(collectives, jobs.get(0).phases().getLast().footprint());
        Set<String> second = links(collectives, jobs.get(1).phases().getLast().footprint());
        assertTrue(first.stream().anyMatch(name -> name.startsWith("leaf ")), first::toString);
        assertTrue(first.stream().noneMatch(second::contains), first::toString);
        double[] together = rates(collectives, jobs);
        for (int job = 0; job < 2; job++) {
            double alone = rates(collectives, List.of(jobs.get(job)))[0];
            assertEquals(alone, together[job], 1e-9 * alone);
        }
    }
}
