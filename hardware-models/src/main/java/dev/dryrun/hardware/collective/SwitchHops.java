// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.collective.ChunkedPipeline.Hops;
import dev.dryrun.hardware.topology.Route;
import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.sharing.Footprint;
import java.util.ArrayList;
import java.util.List;

/// Reduction and broadcast by the switches of a node: each member sends each chunk up once, and receives its sum once.
///
/// @param perByte usage of a member's links: one over efficiency
record SwitchHops(Group group, double perByte) implements TreeChunks.NodeHops {
    private static final double CHUNK_BYTES = 512 * 1024;
    private static final int FEWEST_CHUNKS = 64;
    private static final int MOST_CHUNKS = 4096;

    /// All members of the only node reduce their chunks at once.
    static FlowPlan alone(Group group, CollectivePlan fluid, double perByte, double bytes) {
        var inside = new SwitchHops(group, perByte);
        var hops = new Hops();
        int[] members = group.membersByNode().getFirst();
        inside.down(hops, members, 0, 1, inside.up(hops, members, 0, 1));
        double chunks = Math.clamp(Math.ceil(bytes / group.ranks() / CHUNK_BYTES), FEWEST_CHUNKS, MOST_CHUNKS);
        return hops.pipeline(bytes, (int) chunks, fluid.latencySeconds());
    }

    @Override
    public List<Integer> up(Hops hops, int[] members, int lane, double share) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < members.length; i++) {
            Route one = group.network().route(members[i], members[(i + 1) % members.length]);
            Route other = group.network().route(members[i], members[(i + 2) % members.length]);
            all.add(hops.add(common(one, other), share, List.of()));
        }
        return all;
    }

    @Override
    public void down(Hops hops, int[] members, int lane, double share, List<Integer> after) {
        for (int i = 0; i < members.length; i++) {
            Route one = group.network().route(members[(i + 1) % members.length], members[i]);
            Route other = group.network().route(members[(i + 2) % members.length], members[i]);
            hops.add(common(one, other), share, after);
        }
    }

    /// What two ways from (or to) a member have in common: its own links into the switches (or out of them).
    private Footprint common(Route one, Route other) {
        var usage = new LinkUsage(4);
        for (int i = 0; i < one.resources().length; i++) {
            for (int resource : other.resources()) {
                if (resource == one.resources()[i]) {
                    usage.add(resource, one.shares()[i] * perByte);
                }
            }
        }
        return usage.toFootprint();
    }
}
