// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.collective.ChunkedPipeline.Hops;
import dev.dryrun.sim.sharing.Footprint;
import java.util.List;

/// A chain through the members of a node, in the order of a ring.
///
/// @param perByte usage of a hop: one over efficiency
record ChainHops(Group group, double perByte) implements TreeChunks.NodeHops {
    @Override
    public List<Integer> up(Hops hops, int[] members, int lane, double share) {
        int[] path = RingOrders.path(group, members, lane);
        List<Integer> before = List.of();
        for (int i = path.length - 1; i > 0; i--) {
            before = List.of(hops.add(hop(members, path[i], path[i - 1]), share, before));
        }
        return before;
    }

    @Override
    public void down(Hops hops, int[] members, int lane, double share, List<Integer> after) {
        int[] path = RingOrders.path(group, members, lane);
        List<Integer> before = after;
        for (int i = 1; i < path.length; i++) {
            before = List.of(hops.add(hop(members, path[i - 1], path[i]), share, before));
        }
    }

    private Footprint hop(int[] members, int from, int to) {
        double idle = RingOrders.comesBack(group, members) ? members.length / (members.length - 1.0) : 1;
        var usage = new LinkUsage(8);
        usage.add(group.network().route(from, to), perByte * idle);
        return usage.toFootprint();
    }
}
