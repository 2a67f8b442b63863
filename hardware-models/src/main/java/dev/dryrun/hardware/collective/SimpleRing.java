// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.flow.FlowPlan;
import org.jspecify.annotations.Nullable;

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
        double share = share(kind, group);

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

    /// Part of the raw bandwidth between GPUs that it reaches; less for an all-reduce of two of a node.
    private static double share(CollectiveKind kind, Group group) {
        boolean pair = kind == CollectiveKind.ALL_REDUCE && group.ranks() == 2 && group.nodes() == 1;
        return group.efficiency().ring() * (pair ? group.library().pairShare() : 1);
    }

    /// Of domains whose rings leave over fewer interfaces than they have it is not known over which.
    @Override
    public @Nullable FlowPlan chunks(CollectiveKind kind, Group group, CollectivePlan fluid, double bytes) {
        boolean capped = group.nodes() > 1 && group.largeDomains();
        return capped ? null : RingChunks.of(kind, group, fluid, share(kind, group), bytes);
    }
}
