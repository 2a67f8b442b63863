// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// All-reduce in two stages that overlap: inside nodes, and between nodes by double binary trees.
///
///     T = t0 + steps + 2 ceil(log2 N) s + max(s1, s2) + min(s1, s2) min(1, F/S)
///     s1 = S/A, s2 = k S/BN, k = 1 for N = 2, else 2/0.86
///
/// A is the rate inside a node, BN that of the interfaces of its members. On two nodes each of the two trees sends half
/// of the data each way. From three nodes on an inner node carries its parent and both children (Sanders, Speck,
/// Traeff, 2009, doi:10.1016/j.parco.2009.09.001, for the double tree). Every interface is charged alike, and leaves as
/// by a ring: of a tree over nodes in order, too, about one edge leaves a leaf. Of domains of more than 32 GPUs the
/// library joins no more than two in this way: twenty of them are measured at the figures of a flat ring (why is not
/// known).
final class TwoLevels {
    private TwoLevels() {}

    static boolean join(CollectiveKind kind, Group group) {
        return kind == CollectiveKind.ALL_REDUCE && group.nodes() > 1 && (group.nodes() == 2 || !group.largeDomains());
    }

    /// @param insidePerByte usage of links inside nodes: traffic over efficiency
    /// @param stepSeconds latency of the steps inside a node
    static CollectivePlan plan(CollectiveAlgorithm by, Group group, double insidePerByte, double stepSeconds) {
        CollectiveLibrary library = group.library();
        double treeTraffic = group.nodes() == 2 ? 1 : 2 / library.manyNodeTreeShare();
        double betweenPerByte = treeTraffic / group.networkClass().ringEfficiency();

        var both = group.newUsage();
        group.addInsideNodes(both, insidePerByte);
        Stage inside = group.stage(both);
        group.addBetweenNodes(both, betweenPerByte);
        var network = group.newUsage();
        group.addBetweenNodes(network, betweenPerByte);
        Stage between = group.stage(network);

        double latencySeconds = library.baseSeconds()
                + stepSeconds
                + 2 * RingLatency.ceilLog2(group.nodes()) * group.networkClass().bulkLatencySeconds()
                + 2 * group.lineSecondsAcross();
        CollectivePlan plan = CollectivePlan.of(by, latencySeconds, group.stage(both));
        if (inside.footprint().size() == 0) {
            return plan;
        }
        Stage quicker = inside.aloneBytesPerSecond() >= between.aloneBytesPerSecond() ? inside : between;
        return plan.filledBy(quicker, library.fillBytes());
    }
}
