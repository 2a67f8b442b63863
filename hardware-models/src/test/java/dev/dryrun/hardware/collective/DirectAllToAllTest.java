// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.flow.FlowPlan;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DirectAllToAllTest extends CollectiveAlgorithmContract {
    private static final double BYTES = 1e9;

    DirectAllToAllTest() {
        super(new DirectAllToAll());
    }

    private static double seconds(Collectives collectives, int... gpus) {
        return collectives.aloneSeconds(CollectiveKind.ALL_TO_ALL, BYTES, gpus);
    }

    /// Eight A100: 7/8 of the buffer leaves each GPU at 234 GB/s, and the 30 MB of the fill come on top.
    @Test
    void oneSwitchedNode() {
        Collectives a100 = Machines.collectives(Machines.cluster("dgx-a100-80gb", 1, "single-node"));
        double rate = 0.78 * 300e9;
        assertEquals(10e-6 + (BYTES * 7 / 8 + 30e6) / rate, seconds(a100, Machines.range(8)), 1e-12);
    }

    /// A small buffer is all fill: twice the time of its bytes.
    @Test
    void aSmallBufferDoesNotOverlap() {
        Collectives a100 = Machines.collectives(Machines.cluster("dgx-a100-80gb", 1, "single-node"));
        double bytes = 8e6;
        double expected = 10e-6 + 2 * bytes * 7 / 8 / (0.78 * 300e9);
        assertEquals(expected, a100.aloneSeconds(CollectiveKind.ALL_TO_ALL, bytes, Machines.range(8)), 1e-12);
    }

    /// Four of a mesh: each pair has a link of 64 GB/s for a quarter of the buffer.
    @Test
    void partOfAMesh() {
        Collectives mesh = Machines.collectives(Machines.cluster("mi300x-platform", 1, "single-node"));
        assertEquals(16e-6 + BYTES / 4 / (0.71 * 64e9), seconds(mesh, Machines.range(4)), 1e-12);
    }

    /// Two nodes of H100: half of the buffer leaves the node through the interface of each GPU, 0.72 of 50 GB/s; the
    /// seven sixteenths for the own node are quicker, but for the fill. Eight peers are on the other node.
    @Test
    void twoNodes() {
        Collectives h100 = Machines.collectives(Machines.cluster("hgx-h100", 2, "rail-optimised"));
        double between = BYTES / 2 / (0.72 * 50e9);
        double expected = 10e-6 + 8 * 2.9e-6 + 7e-6 + between + 30e6 / (0.78 * 450e9);
        assertEquals(expected, seconds(h100, Machines.range(16)), 1e-12);
    }

    /// One GPU of each of four nodes: three quarters of the buffer through its interface, nothing to overlap with.
    @Test
    void oneGpuOfEachNode() {
        Collectives a100 = Machines.collectives(Machines.cluster("dgx-a100-80gb", 4, "rail-optimised"));
        double expected = 10e-6 + 3 * 2.9e-6 + 7e-6 + BYTES * 3 / 4 / (0.72 * 25e9);
        assertEquals(expected, seconds(a100, Machines.every(8, 3, 4)), 1e-12);
    }

    /// `NCCL_ALGO` says nothing about messages.
    @Test
    void isThereWhateverTheAlgorithm() {
        Collectives rings = Machines.collectives(Machines.cluster("hgx-h100", 2, "rail-optimised"))
                .restrictedTo(Restriction.to("ring").in(Protocol.SIMPLE));
        assertTrue(seconds(rings, Machines.range(16)) > 0);
    }

    /// Every message is a flow: 16 x 15 of them, not the one of a lone message.
    @Test
    void chunkByChunkItIsAMessageForEachPair() {
        Collectives h100 = Machines.collectives(Machines.cluster("hgx-h100", 2, "rail-optimised"));
        FlowPlan chunks = h100.chunks(CollectiveKind.ALL_TO_ALL, BYTES, Machines.range(16));
        assertEquals(240, Objects.requireNonNull(chunks).flows());
    }

    @Test
    void tooManyRanksToPlayAreRefused() {
        Collectives h100 = Machines.collectives(Machines.cluster("hgx-h100", 129, "rail-optimised"));
        int[] gpus = Machines.range(129 * 8);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> h100.chunks(CollectiveKind.ALL_TO_ALL, BYTES, gpus))
                .getMessage();
        assertTrue(Objects.requireNonNull(message).contains("must be at most 1,024 ranks"), message);
    }
}
