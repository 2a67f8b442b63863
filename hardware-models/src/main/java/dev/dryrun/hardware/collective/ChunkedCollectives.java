// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.Network;
import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.flow.FlowRun;
import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.Phase;
import dev.dryrun.sim.units.SimTime;

/// Collectives played step by step: every chunk of every step is a flow over the links of its route.
///
/// It is there to check the fluid plans and for small studies. Rings only as yet.
public final class ChunkedCollectives {
    private ChunkedCollectives() {}

    /// Duration of a ring over a group, alone.
    ///
    /// Rings are those of the fluid plan: on one node with links between the GPUs as many as the links hold, else one;
    /// over several nodes one for each member of a node, which enters and leaves through that member's interface.
    ///
    /// @param hopSeconds latency of a step inside a node
    /// @param remoteHopSeconds latency of a step between nodes
    static double ringSeconds(
            CollectiveKind kind, Group group, double bytes, double hopSeconds, double remoteHopSeconds) {
        Network network = group.network();
        FlowPlan plan = ring(kind, group, bytes, hopSeconds, remoteHopSeconds);
        return FlowRun.endNanos(plan, network.capacityBytesPerSecond()) * 1e-9;
    }

    private static FlowPlan ring(
            CollectiveKind kind, Group group, double bytes, double hopSeconds, double remoteHopSeconds) {
        int[][] orders = RingOrders.of(group);
        int ranks = group.ranks();
        double chunkBytes = bytes / orders.length / ranks;
        var hops = new Phase[orders.length * ranks];
        for (int ring = 0; ring < orders.length; ring++) {
            for (int place = 0; place < ranks; place++) {
                int from = orders[ring][place];
                int to = orders[ring][(place + 1) % ranks];
                boolean remote = group.network().cluster().nodeOf(from)
                        != group.network().cluster().nodeOf(to);
                double share = remote
                        ? group.networkClass().ringEfficiency()
                        : group.efficiency().ring();
                var usage = new LinkUsage(8);
                usage.add(group.network().route(from, to), 1 / share);
                Footprint footprint = usage.toFootprint();
                hops[ring * ranks + place] =
                        Phase.transfer(SimTime.toNanos(remote ? remoteHopSeconds : hopSeconds), chunkBytes, footprint);
            }
        }
        return new ChunkedRing(ranks, kind.rounds() * (ranks - 1), hops);
    }
}
