// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.topology.Cluster;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowLatencyTest extends CollectiveAlgorithmContract {
    LowLatencyTest() {
        super(new LowLatency());
    }

    private static CollectivePlan plan(Cluster cluster, CollectiveKind kind, int[] gpus) {
        return Machines.collectives(cluster)
                .restrictedTo(List.of("ll"))
                .plansOf(kind, gpus)
                .getFirst();
    }

    /// t0 + 2(n-1) 0.55 us + S / 17 GB/s on A100; 0.30 x 450 / 1.75 GB/s on H100.
    @Test
    void allReduceInANode() {
        Cluster a100 = Machines.cluster("dgx-a100-80gb", 1, "single-node");
        double latency = 10e-6 + 14 * 0.55e-6;
        assertEquals(
                latency + 1e5 / 17e9,
                plan(a100, CollectiveKind.ALL_REDUCE, Machines.range(8)).seconds(1e5),
                1e-12);
        Cluster h100 = Machines.cluster("hgx-h100", 1, "single-node");
        assertEquals(
                latency + 1e5 / (135e9 / 1.75),
                plan(h100, CollectiveKind.ALL_REDUCE, Machines.range(8)).seconds(1e5),
                1e-12);
    }

    /// Two nodes: a tree of 2 network steps for all-reduce, a ring of one for all-gather, and both wires in turn.
    @Test
    void overTwoNodes() {
        Cluster cluster = Machines.cluster("hgx-h100", 2, "rail-optimised");
        double network = 1e5 / (0.053 * 8 * 50e9);
        double copies = 1e5 / (135e9 / (2 * 15.0 / 16));
        assertEquals(
                10e-6 + 14 * 0.55e-6 + 2 * 7e-6 + copies + network,
                plan(cluster, CollectiveKind.ALL_REDUCE, Machines.range(16)).seconds(1e5),
                1e-12);
        assertEquals(
                10e-6 + 15 * 1e-6 + 7e-6 + copies / 2 + network,
                plan(cluster, CollectiveKind.ALL_GATHER, Machines.range(16)).seconds(1e5),
                1e-12);
    }

    /// Two GPUs that share one interface have its bandwidth once.
    @Test
    void sharedInterfacesCountOnce() {
        Cluster cluster = Machines.cluster("hpe-a100-80gb-4nic", 2, "fat-tree");
        double network = 1 / (0.053 * 4 * 12.5e9);
        double rate = 1 / (network + 1 / 17e9);
        CollectivePlan plan = plan(cluster, CollectiveKind.ALL_REDUCE, Machines.range(16));
        assertEquals(rate, plan.main().aloneBytesPerSecond(), 1e-9 * rate);
    }

    /// Where processors copy the bytes, a rank gets 1.12 GB/s through whatever its interface.
    @Test
    void overSocketsItIsAShareOfWhatRanksGetThrough() {
        Cluster cluster = Machines.cluster("hgx-h100", 2, "tcp");
        double network = 1e5 / (0.053 * 8 * 1.12e9);
        double copies = 1e5 / (135e9 / (2 * 15.0 / 16));
        assertEquals(
                10e-6 + 14 * 0.55e-6 + 2 * 18e-6 + copies + network,
                plan(cluster, CollectiveKind.ALL_REDUCE, Machines.range(16)).seconds(1e5),
                1e-12);
    }
}
