// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.RingUse;
import dev.dryrun.sim.sharing.Footprint;
import java.util.List;

/// The rings of a group rank by rank, as many as spread the bytes over links and interfaces as the fluid plan has it.
///
/// Inside a node a ring follows the order found for its links. Over several nodes ring j enters and leaves a node
/// through the interface of its member j: it passes the members from there on and, where it runs through switches,
/// comes back to that member to leave. Where every pair has a link of its own, zigzags j, j+1, j-1, j+2, ... through an
/// even number of members use each link once; an odd number needs them both ways around (Williams, 1949,
/// doi:10.1071/CH9490149, for the sequence).
///
/// @param orders of each ring, as GPUs
/// @param hops of each ring, from each place to the next
record RingOrders(int[][] orders, Footprint[][] hops) {
    int rings() {
        return orders.length;
    }

    /// Whether the group runs no ring but an exchange over the links of all pairs, which is what its rings add up to.
    static boolean areExchange(Group group) {
        return group.nodes() == 1
                && group.ranks() > 2
                && group.ring(group.membersByNode().getFirst()).pairwise();
    }

    /// @param share of the links between GPUs that rings reach
    static RingOrders of(Group group, double share) {
        int rings = count(group);
        int ranks = group.ranks();
        int[][] orders = new int[rings][ranks];
        var hops = new Footprint[rings][ranks];
        List<int[]> nodes = group.membersByNode();
        for (int ring = 0; ring < rings; ring++) {
            int at = 0;
            for (int node = 0; node < nodes.size(); node++) {
                int[] members = nodes.get(node);
                int[] next = nodes.get((node + 1) % nodes.size());
                int[] path = path(group, members, ring);
                for (int i = 0; i < path.length; i++) {
                    var usage = new LinkUsage(8);
                    boolean last = i == path.length - 1;
                    if (!last || nodes.size() == 1 || comesBack(group, members)) {
                        usage.add(group.network().route(path[i], path[(i + 1) % path.length]), 1 / share);
                    }
                    if (last && nodes.size() > 1) {
                        usage.add(
                                group.network().route(members[ring % members.length], next[ring % next.length]),
                                1 / group.networkClass().ringEfficiency());
                    }
                    orders[ring][at] = path[i];
                    hops[ring][at++] = usage.toFootprint();
                }
            }
        }
        return new RingOrders(orders, hops);
    }

    /// Whether rings over nodes come back to the member at which they came in, to leave.
    static boolean comesBack(Group group, int[] members) {
        return members.length > 1 && !group.ring(members).pairwise();
    }

    /// How many rings spread the bytes evenly.
    static int count(Group group) {
        int most = 1;
        for (int[] members : group.membersByNode()) {
            most = Math.max(most, group.nodes() > 1 ? members.length : 1);
        }
        int count = most;
        for (int[] members : group.membersByNode()) {
            RingUse use = group.ring(members);
            if (!use.orders().isEmpty()) {
                count = lcm(count, use.orders().size());
            } else if (members.length % 2 == 1 && members.length > 1) {
                count = lcm(count, 2 * most);
            }
        }
        return count;
    }

    private static int lcm(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return a / x * b;
    }

    /// The members of a node in the order in which a ring passes them.
    static int[] path(Group group, int[] members, int ring) {
        List<int[]> orders = group.ring(members).orders();
        int n = members.length;
        if (n > 1 && orders.isEmpty()) {
            return zigzag(members, ring, ring / n % 2 == 1 ? -1 : 1);
        }
        Cluster cluster = group.network().cluster();
        int first = cluster.firstGpuOf(cluster.nodeOf(members[0]));
        int[] order = n == 1 ? new int[] {members[0] - first} : orders.get(ring % orders.size());
        int start = 0;
        while (order[start] + first != members[ring % n]) {
            start++;
        }
        int[] path = new int[n];
        for (int i = 0; i < n; i++) {
            path[i] = order[(start + i) % n] + first;
        }
        return path;
    }

    private static int[] zigzag(int[] members, int start, int sign) {
        int n = members.length;
        int[] path = new int[n];
        for (int i = 0; i < n; i++) {
            int offset = (i + 1) / 2 * (i % 2 == 1 ? sign : -sign);
            path[i] = members[Math.floorMod(start + offset, n)];
        }
        return path;
    }
}
