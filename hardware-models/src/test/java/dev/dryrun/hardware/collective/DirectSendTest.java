// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.sim.sharing.Footprint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectSendTest extends CollectiveAlgorithmContract {
    private static final double BYTES = 1e8;

    DirectSendTest() {
        super(new DirectSend());
    }

    private static double seconds(Collectives collectives, int from, int to) {
        return collectives.aloneSeconds(CollectiveKind.SEND_RECV, BYTES, new int[] {from, to});
    }

    @Test
    void withinANodeAtTheRateOfARing() {
        Collectives a100 = Machines.collectives(Machines.cluster("dgx-a100-80gb", 1, "single-node"));
        assertEquals(10e-6 + BYTES / (0.78 * 300e9), seconds(a100, 6, 1), 1e-12);
        Collectives mesh = Machines.collectives(Machines.cluster("mi300x-platform", 1, "single-node"));
        assertEquals(16e-6 + BYTES / (0.71 * 64e9), seconds(mesh, 6, 1), 1e-12);
    }

    /// Another node: 0.72 of 25 GB/s unless the site says otherwise, as where pipelines reach 20 of 25 GB/s.
    @Test
    void betweenNodesAtTheShareOfTheSite() {
        Cluster cluster = Machines.cluster("dgx-a100-80gb", 2, "fat-tree");
        assertEquals(17e-6 + BYTES / (0.72 * 25e9), seconds(Machines.collectives(cluster), 0, 8), 1e-12);
        Collectives tuned = new Collectives(cluster, NetworkTuning.of(0.93, 0.8));
        assertEquals(17e-6 + BYTES / 20e9, seconds(tuned, 0, 8), 1e-12);
    }

    @Test
    void hasOneSenderAndOneReceiver() {
        Collectives a100 = Machines.collectives(Machines.cluster("dgx-a100-80gb", 1, "single-node"));
        int[] three = {0, 1, 2};
        assertThrows(IllegalArgumentException.class, () -> a100.activity(CollectiveKind.SEND_RECV, 1, three));
    }

    /// From GPU 0 to GPU 1 of the other node: over the switches to GPU 1 and out by its interface, without a spine.
    @Test
    void toAnotherRailItChangesRailsInsideItsNode() {
        Cluster cluster = Machines.cluster("hgx-h100", 2, "rail-optimised");
        Collectives collectives = Machines.collectives(cluster);
        assertEquals(10e-6 + 7e-6 + 0.55e-6 + BYTES / (0.72 * 50e9), seconds(collectives, 0, 9), 1e-12);
        Footprint footprint = collectives
                .quickest(CollectiveKind.SEND_RECV, BYTES, new int[] {0, 9})
                .main()
                .footprint();
        List<String> names = Arrays.stream(footprint.resources())
                .mapToObj(collectives.network()::nameOf)
                .sorted()
                .toList();
        assertEquals(
                List.of("node 0 gpu 0 nvlink4 out", "node 0 gpu 1 nvlink4 in", "node 0 nic 1 out", "node 1 nic 1 in"),
                names);
    }
}
