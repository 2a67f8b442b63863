// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// All-gather or reduce-scatter over as many trees at once as there are ranks, one GPU on each node (NCCL's PAT, from
/// 2.23 on).
///
///     T = t0 + ceil(log2 n) s + (n-1)/n S / (0.75 BN)
///
/// The part of rank r goes to r + j (mod n) for every j, from where j has its lowest set bit cleared: far ways first,
/// and few of them. So of n - 1 edges of a tree `(n - 1 + d) div 2d` are d = 1, 2, 4, ... ranks long, and over all
/// trees every rank sends that many parts of S/n so far; each is charged to its own way through the fabric. A
/// reduce-scatter goes the same ways back, which over all ranks are as many. Source: Jeaugey, 2025, arXiv:2506.20252.
/// 0.75 is what NVIDIA/nccl at 5067397c26, `tuning.cc`, takes PAT to reach of a ring; it is not measured, and libraries
/// that choose freely are taken to do without.
final class ParallelTrees implements CollectiveAlgorithm {
    private static final double OF_RING = 0.75;

    @Override
    public String name() {
        return "pat";
    }

    @Override
    public boolean isOnlyThereWhereForced() {
        return true;
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return switch (kind) {
            case ALL_GATHER, REDUCE_SCATTER -> group.nodes() > 1 && group.nodes() == group.ranks();
            case ALL_REDUCE, BROADCAST, REDUCE, ALL_TO_ALL, SEND_RECV, BARRIER -> false;
        };
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        int ranks = group.ranks();
        double perByte = 1 / (OF_RING * group.networkClass().ringEfficiency()) / ranks;
        var usage = group.newUsage();
        double lineSeconds = 0;
        for (int distance = 1; distance < ranks; distance *= 2) {
            int parts = (ranks - 1 + distance) / (2 * distance);
            double longest = 0;
            for (int rank = 0; rank < ranks; rank++) {
                int there = group.gpu((rank + distance) % ranks);
                var route = kind == CollectiveKind.ALL_GATHER
                        ? group.network().route(group.gpu(rank), there)
                        : group.network().route(there, group.gpu(rank));
                usage.add(route, parts * perByte);
                longest = Math.max(longest, route.lineSeconds());
            }
            lineSeconds += longest;
        }
        double latencySeconds = group.library().baseSeconds()
                + RingLatency.ceilLog2(ranks) * group.networkClass().bulkLatencySeconds()
                + lineSeconds;
        return CollectivePlan.of(this, latencySeconds, group.stage(usage));
    }
}
