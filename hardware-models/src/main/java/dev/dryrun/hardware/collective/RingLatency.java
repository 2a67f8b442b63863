// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// Latency of the steps of a flat ring.
final class RingLatency {
    private RingLatency() {}

    /// Seconds that the steps of a ring take beside the bytes.
    ///
    ///     (H - Hx) a + x s + (Hx - x) l,   x = min(Hx, rounds * ceil(log2 N))
    ///
    /// H = rounds * (n-1) steps, Hx = rounds * (N-1) of them between the N nodes; a is `hopSeconds`, s and l are the
    /// bulk and the message latency of the network. Up to two nodes every network step costs s, as measured; in longer
    /// rings the proxies of successive steps overlap and a further step costs its message. Sharded training on 16 to
    /// 512 GPUs shows 3.2 +- 0.9 us a GPU and collective in all; a chain of s would be twice that. The chain of steps
    /// follows the ring, so each long line between sites counts as often as a round crosses it.
    static double seconds(CollectiveKind kind, Group group, double hopSeconds) {
        int rounds = kind.rounds();
        int steps = rounds * (group.ranks() - 1);
        int networkSteps = rounds * (group.nodes() - 1);
        int bulkSteps = Math.min(networkSteps, rounds * ceilLog2(group.nodes()));
        return (steps - networkSteps) * hopSeconds
                + bulkSteps * group.networkClass().bulkLatencySeconds()
                + (networkSteps - bulkSteps) * group.networkClass().messageLatencySeconds()
                + rounds * group.lineSecondsAround();
    }

    static int ceilLog2(int count) {
        return 32 - Integer.numberOfLeadingZeros(count - 1);
    }
}
