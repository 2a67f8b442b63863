// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.topology.Cluster;
import org.junit.jupiter.api.Test;

class LowLatencyTreeTest extends CollectiveAlgorithmContract {
    LowLatencyTreeTest() {
        super(new LowLatencyTree());
    }

    private static double seconds(Cluster cluster) {
        return Machines.collectives(cluster)
                .restrictedTo(Restriction.to("tree").in(Protocol.LL))
                .aloneSeconds(CollectiveKind.ALL_REDUCE, 1e5, Machines.range(16));
    }

    /// A tree of 2 network steps, and both wires in turn.
    @Test
    void overTwoNodes() {
        double network = 1e5 / (0.053 * 8 * 50e9);
        double copies = 1e5 / (135e9 / (2 * 15.0 / 16));
        assertEquals(
                10e-6 + 14 * 0.55e-6 + 2 * 7e-6 + copies + network,
                seconds(Machines.cluster("hgx-h100", 2, "rail-optimised")),
                1e-12);
    }

    /// Where processors copy the bytes, a rank gets 1.12 GB/s through whatever its interface.
    @Test
    void overSocketsItIsAShareOfWhatRanksGetThrough() {
        double network = 1e5 / (0.053 * 8 * 1.12e9);
        double copies = 1e5 / (135e9 / (2 * 15.0 / 16));
        assertEquals(
                10e-6 + 14 * 0.55e-6 + 2 * 18e-6 + copies + network,
                seconds(Machines.cluster("hgx-h100", 2, "tcp")),
                1e-12);
    }
}
