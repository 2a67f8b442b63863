// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import java.util.List;

/// The orders in which rings pass the ranks of a group.
final class RingOrders {
    private RingOrders() {}

    /// One order for each ring, as GPUs.
    ///
    /// Over several nodes there are as many rings as members on the node with the most; ring j leaves every node from
    /// its member j, so that interfaces share the bytes. On one node whose GPUs are joined pairwise, ring d steps d
    /// places at a time, for each d that is prime to their number; else one ring in the group's order.
    static int[][] of(Group group) {
        return group.nodes() > 1 ? overNodes(group) : group.mesh() ? overMesh(group) : new int[][] {inOrder(group)};
    }

    private static int[] inOrder(Group group) {
        int[] order = new int[group.ranks()];
        for (int rank = 0; rank < order.length; rank++) {
            order[rank] = group.gpu(rank);
        }
        return order;
    }

    private static int[][] overNodes(Group group) {
        List<int[]> nodes = group.membersByNode();
        int rings = nodes.stream().mapToInt(members -> members.length).max().orElse(1);
        int[][] orders = new int[rings][group.ranks()];
        for (int ring = 0; ring < rings; ring++) {
            int at = 0;
            for (int[] members : nodes) {
                for (int i = 1; i <= members.length; i++) {
                    orders[ring][at++] = members[(ring + i) % members.length];
                }
            }
        }
        return orders;
    }

    private static int[][] overMesh(Group group) {
        int n = group.ranks();
        return java.util.stream.IntStream.range(1, n)
                .filter(step -> gcd(step, n) == 1)
                .mapToObj(step -> {
                    int[] order = new int[n];
                    for (int i = 0; i < n; i++) {
                        order[i] = group.gpu((int) ((long) i * step % n));
                    }
                    return order;
                })
                .toArray(int[][]::new);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
