// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.sim.random.RandomStreams;
import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.sim.sharing.MaxMin;
import dev.dryrun.sim.sharing.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Several groups at once on the links of one cluster.
class SharedLinksTest {
    private static final double BYTES = 1e9;

    private static MaxMin allAtOnce(Collectives collectives, List<Activity> activities) {
        var sharing = new MaxMin(collectives.network().capacityBytesPerSecond());
        for (int i = 0; i < activities.size(); i++) {
            Phase phase = activities.get(i).phases().getLast();
            sharing.add(i, phase.footprint(), phase.weight(), phase.capPerSecond());
        }
        sharing.solve();
        return sharing;
    }

    private static List<Activity> oneGroupForEachGpu(Collectives collectives, Cluster cluster) {
        return IntStream.range(0, cluster.node().gpus())
                .mapToObj(g -> Machines.every(cluster.node().gpus(), g, cluster.nodes()))
                .map(gpus -> collectives.activity(CollectiveKind.ALL_REDUCE, BYTES, gpus))
                .toList();
    }

    /// One data-parallel group for each GPU of a node, each on its own rail: no group feels another.
    @Test
    void groupsOnRailsOfTheirOwnDoNotMeet() {
        Cluster cluster = Machines.cluster("dgx-a100-80gb", 40, "rail-optimised");
        Collectives collectives = Machines.collectives(cluster)
                .restrictedTo(Restriction.to("ring").in(Protocol.SIMPLE));
        MaxMin sharing = allAtOnce(collectives, oneGroupForEachGpu(collectives, cluster));
        double lone = 25e9 * 0.93 / (2 * 39.0 / 40);
        for (int g = 0; g < 8; g++) {
            assertEquals(lone, sharing.ratePerSecond(g), 1e-9 * lone);
        }
    }

    /// Eight such groups over four interfaces: one alone has 12.5 GB/s, together each has the half.
    @Test
    void groupsThatShareInterfacesHaveHalfEach() {
        Cluster cluster = Machines.cluster("hpe-a100-80gb-4nic", 16, "fat-tree");
        Collectives collectives = Machines.collectives(cluster)
                .restrictedTo(Restriction.to("ring").in(Protocol.SIMPLE));
        List<Activity> groups = oneGroupForEachGpu(collectives, cluster);
        MaxMin sharing = allAtOnce(collectives, groups);
        double lone = 12.5e9 * 0.93 / (2 * 15.0 / 16);
        for (int g = 0; g < 8; g++) {
            assertEquals(lone / 2, sharing.ratePerSecond(g), 1e-9 * lone);
        }
        assertEquals(lone, allAtOnce(collectives, groups.subList(0, 1)).ratePerSecond(0), 1e-9 * lone);
    }

    /// Two leaves of four nodes at 4:1, so 200 GB/s up. Eight rings in the order of nodes leave each leaf once with
    /// 25 GB/s each and fit; in an order that changes the leaf at every step they leave it four times and get
    /// a fourth.
    @Test
    void oversubscribedUplinksBindWhereRingsLeaveTheLeafOften() {
        var shape = FabricShape.Clos.leafSpine(false, 40, 4);
        Fabric fabric = Machines.fabric("fat-tree").withShape(shape);
        Cluster cluster = new Cluster(Machines.node("dgx-a100-80gb"), 8, fabric);
        int nodesPerLeaf = shape.nodesPerLeaf(cluster.node());
        assertEquals(4, nodesPerLeaf);
        Collectives collectives = Machines.collectives(cluster)
                .restrictedTo(Restriction.to("ring").in(Protocol.SIMPLE));
        double lone = 25e9 * 0.93 / (2 * 7.0 / 8);
        MaxMin sharing = allAtOnce(collectives, oneGroupForEachGpu(collectives, cluster));
        assertEquals(lone, sharing.ratePerSecond(0), 1e-9 * lone);

        int[] zigzag = {0, 4, 1, 5, 2, 6, 3, 7};
        List<Activity> strangers = IntStream.range(0, 8)
                .mapToObj(g -> Arrays.stream(zigzag).map(n -> 8 * n + g).toArray())
                .map(gpus -> collectives.activity(CollectiveKind.ALL_REDUCE, BYTES, gpus))
                .toList();
        assertEquals(lone / 4, allAtOnce(collectives, strangers).ratePerSecond(0), 1e-9 * lone);
    }

    /// Whatever groups run at once, no link carries more than it can.
    @RepeatedTest(50)
    void noLinkCarriesMoreThanItCan(RepetitionInfo repetition) {
        var random = new RandomStreams(4, repetition.getCurrentRepetition()).stream("groups", 0);
        String node = random.nextBoolean() ? "hgx-h100" : "mi300x-platform";
        Cluster cluster =
                Machines.cluster(node, random.nextInt(2, 6), random.nextBoolean() ? "fat-tree" : "rail-optimised");
        Collectives collectives = Machines.collectives(cluster);
        List<Activity> activities = random.ints(random.nextInt(1, 12), 0, 4)
                .mapToObj(kind -> {
                    int stride = random.nextInt(1, 9);
                    int first = random.nextInt(cluster.gpus() - stride);
                    int count = random.nextInt(2, (cluster.gpus() - 1 - first) / stride + 2);
                    int[] gpus = Machines.every(stride, first, count);
                    return collectives.activity(List.of(CollectiveKind.values()).get(kind), BYTES, gpus);
                })
                .toList();
        MaxMin sharing = allAtOnce(collectives, activities);
        double[] load = new double[collectives.network().resources()];
        for (int i = 0; i < activities.size(); i++) {
            var footprint = activities.get(i).phases().getLast().footprint();
            assertTrue(sharing.ratePerSecond(i) > 0);
            for (int k = 0; k < footprint.size(); k++) {
                load[footprint.resources()[k]] +=
                        sharing.ratePerSecond(i) * footprint.usagePerUnit()[k];
            }
        }
        for (int resource = 0; resource < load.length; resource++) {
            double capacity = collectives.network().capacityBytesPerSecond()[resource];
            assertTrue(
                    load[resource] <= capacity * (1 + 1e-9),
                    collectives.network().nameOf(resource));
        }
    }
}
