// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.collective.ChunkedPipeline.Hops;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.Phase;
import dev.dryrun.sim.units.SimTime;
import java.util.ArrayList;
import java.util.List;

/// Rings step by step. What the fluid plan charges beside its bytes is spread over the steps.
///
/// A broadcast or reduce is a pipeline along each ring, in chunks of 512 KiB at most (what NCCL's bulk protocol hands
/// on at a time), so a ring of n takes n-2 chunks longer than the fluid plan says.
final class RingChunks {
    private static final double CHUNK_BYTES = 512 * 1024;
    private static final int FEWEST_CHUNKS = 16;
    private static final int MOST_CHUNKS = 4096;

    private RingChunks() {}

    /// @param share of the links between GPUs that rings reach
    static FlowPlan of(CollectiveKind kind, Group group, CollectivePlan fluid, double share, double bytes) {
        boolean rooted = kind == CollectiveKind.BROADCAST || kind == CollectiveKind.REDUCE;
        if (RingOrders.areExchange(group)) {
            Hops hops = rooted ? throughPeers(kind, group, share) : exchange(kind, group, share);
            return rooted
                    ? hops.pipeline(bytes, chunks(bytes / (group.ranks() - 1)), fluid.overheadSeconds(bytes))
                    : hops.pipeline(bytes, 1, fluid.overheadSeconds(bytes));
        }
        RingOrders rings = RingOrders.of(group, share);
        return rooted
                ? along(kind, group, rings).pipeline(bytes, chunks(bytes / rings.rings()), fluid.overheadSeconds(bytes))
                : around(kind, group, rings, fluid.overheadSeconds(bytes), bytes);
    }

    private static int chunks(double bytes) {
        return (int) Math.max(FEWEST_CHUNKS, Math.min(MOST_CHUNKS, Math.ceil(bytes / CHUNK_BYTES)));
    }

    private static FlowPlan around(
            CollectiveKind kind, Group group, RingOrders rings, double overheadSeconds, double bytes) {
        int ranks = group.ranks();
        int steps = kind.rounds() * (ranks - 1);
        long latencyNanos = SimTime.toNanos(overheadSeconds / steps);
        double chunkBytes = bytes / rings.rings() / ranks;
        var phases = new Phase[rings.rings() * ranks];
        for (int i = 0; i < phases.length; i++) {
            phases[i] = Phase.transfer(latencyNanos, chunkBytes, rings.hops()[i / ranks][i % ranks]);
        }
        return new ChunkedRing(ranks, steps, phases);
    }

    /// From the first rank once along each ring, or once along it to the first rank.
    private static Hops along(CollectiveKind kind, Group group, RingOrders rings) {
        var hops = new Hops();
        int ranks = group.ranks();
        for (int ring = 0; ring < rings.rings(); ring++) {
            int root = 0;
            while (rings.orders()[ring][root] != group.gpu(0)) {
                root++;
            }
            int from = kind == CollectiveKind.BROADCAST ? root : root + 1;
            List<Integer> before = List.of();
            for (int i = 0; i < ranks - 1; i++) {
                Footprint hop = rings.hops()[ring][(from + i) % ranks];
                before = List.of(hops.add(hop, 1.0 / rings.rings(), before));
            }
        }
        return hops;
    }

    /// Each pair's link carries a part of S/n a round.
    private static Hops exchange(CollectiveKind kind, Group group, double share) {
        var hops = new Hops();
        int n = group.ranks();
        List<List<Integer>> into = new ArrayList<>();
        for (int to = 0; to < n; to++) {
            into.add(new ArrayList<>());
        }
        for (int round = 0; round < kind.rounds(); round++) {
            for (int from = 0; from < n; from++) {
                for (int to = 0; to < n; to++) {
                    if (from != to) {
                        List<Integer> after = round == 0 ? List.of() : into.get(from);
                        int hop = hops.add(hop(group, from, to, share), 1.0 / n, after);
                        if (round == 0) {
                            into.get(to).add(hop);
                        }
                    }
                }
            }
        }
        return hops;
    }

    /// A part of S/(n-1) goes from the first rank to each other one, which hands it to all others; or the other way
    /// round.
    private static Hops throughPeers(CollectiveKind kind, Group group, double share) {
        var hops = new Hops();
        int n = group.ranks();
        double part = 1.0 / (n - 1);
        for (int peer = 1; peer < n; peer++) {
            List<Integer> before = new ArrayList<>();
            if (kind == CollectiveKind.BROADCAST) {
                before.add(hops.add(hop(group, 0, peer, share), part, List.of()));
            }
            List<Integer> handed = new ArrayList<>();
            for (int other = 1; other < n; other++) {
                if (other != peer) {
                    handed.add(
                            kind == CollectiveKind.BROADCAST
                                    ? hops.add(hop(group, peer, other, share), part, before)
                                    : hops.add(hop(group, other, peer, share), part, List.of()));
                }
            }
            if (kind == CollectiveKind.REDUCE) {
                hops.add(hop(group, peer, 0, share), part, handed);
            }
        }
        return hops;
    }

    private static Footprint hop(Group group, int from, int to, double share) {
        Network network = group.network();
        var usage = new LinkUsage(8);
        usage.add(network.route(group.gpu(from), group.gpu(to)), 1 / share);
        return usage.toFootprint();
    }
}
