// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// Ring in the bulk protocol (NCCL's Simple).
///
///     T = t0 + steps + f S / min(B, BN) + fill
///
/// f is the traffic, B the ring's rate inside a node, BN that of the interfaces of a node's members, both raw times
/// efficiency. All-gather and reduce-scatter over switched links ramp up: `fill = min(f S, F) / B`. A broadcast or
/// reduce is a pipeline along the ring, with f = 1.
final class SimpleRing implements CollectiveAlgorithm {
    @Override
    public String name() {
        return "ring";
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind.ringOrTree();
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        CollectiveLibrary library = group.library();
        boolean oneMesh = group.mesh() && group.nodes() == 1;
        double hopSeconds = oneMesh ? library.meshHopSeconds() : library.bulkHopSeconds();
        double traffic = kind.traffic(group.ranks());
        boolean pair = kind == CollectiveKind.ALL_REDUCE && group.ranks() == 2 && group.nodes() == 1;
        double share = group.efficiency().ring() * (pair ? library.pairShare() : 1);

        var usage = group.newUsage();
        group.addInsideNodes(usage, traffic / share);
        boolean ramps = (kind == CollectiveKind.ALL_GATHER || kind == CollectiveKind.REDUCE_SCATTER)
                && !group.mesh()
                && group.nodes() < group.ranks();
        Stage inside = ramps ? group.stage(usage) : null;
        group.addBetweenNodes(usage, traffic / group.networkClass().ringEfficiency());

        double latencySeconds = library.baseSeconds() + RingLatency.seconds(kind, group, hopSeconds);
        CollectivePlan plan = CollectivePlan.of(this, latencySeconds, group.ringStage(usage, traffic));
        return inside == null ? plan : plan.filledBy(inside, library.fillBytes() / traffic);
    }
}
