// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.Route;
import dev.dryrun.sim.flow.FlowPlan;

/// A message from one GPU straight to another.
///
///     T = t0 + (other node: l) + S / (e raw)
///
/// Where interface k of every node is on a rail of its own, a message to another rail goes over the links of its node
/// to the GPU that owns the receiver's rail and leaves by that one's interface (NCCL's PXN), with one step a more.
///
/// e is the ring's share on links between GPUs, the share of a send on the network. A pair of a mesh has one link.
final class DirectSend implements CollectiveAlgorithm {
    @Override
    public String name() {
        return "direct";
    }

    @Override
    public boolean isAlwaysThere() {
        return true;
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind == CollectiveKind.SEND_RECV;
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        if (group.ranks() != 2) {
            throw new IllegalArgumentException(
                    "a message has " + group.ranks() + " ranks; it must have a sender and a receiver");
        }
        boolean remote = group.nodes() > 1;
        double share = remote
                ? group.networkClass().messageEfficiency()
                : group.efficiency().ring();
        int relay = remote ? group.relay(group.gpu(0), group.gpu(1)) : group.gpu(0);
        Route route = group.network().route(relay, group.gpu(1));
        var usage = group.newUsage();
        usage.add(route, 1 / share);
        if (relay != group.gpu(0)) {
            usage.add(
                    group.network().route(group.gpu(0), relay),
                    1 / group.efficiency().ring());
        }
        double latencySeconds = group.library().baseSeconds()
                + (remote ? group.networkClass().messageLatencySeconds() : 0)
                + (relay != group.gpu(0) ? group.library().lowLatencyHopSeconds() : 0)
                + route.lineSeconds();
        return CollectivePlan.of(this, latencySeconds, group.stage(usage));
    }

    @Override
    public FlowPlan chunks(CollectiveKind kind, Group group, CollectivePlan fluid, double bytes) {
        return DirectChunks.message(fluid, bytes);
    }
}
