// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// All-reduce in two stages that overlap: inside nodes by the switches or a chain, between nodes by double binary
/// trees.
///
///     T = t0 + steps + 2 ceil(log2 N) s + max(s1, s2) + min(s1, s2) min(1, F/S)
///     s1 = S/A, A = nv raw (in the switches, p >= 4) or 0.8 B/2 (chain, up and down); s2 = k S/BN
///     k = 1 for N = 2, else 2/0.86; steps = aN p (in the switches) or 2 (p-1) a (chain)
///
/// On two nodes each of the two trees sends half of the data each way. From three nodes on an inner node carries
/// its parent and both children (Sanders, Speck, Traeff, 2009, doi:10.1016/j.parco.2009.09.001, for the double
/// tree). Every interface is charged alike, and leaves as by a ring: of a tree over nodes in order, too, about one
/// edge leaves a leaf. Of domains of more than 32 GPUs the library joins no more than two in this way: twenty of them
/// are measured at the figures of a flat ring (why is not known).
final class HierarchicalAllReduce implements CollectiveAlgorithm {
    private static final int FEWEST_GPUS_IN_SWITCH = 4;

    @Override
    public String name() {
        return "hierarchical";
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind == CollectiveKind.ALL_REDUCE && group.nodes() > 1 && (group.nodes() == 2 || !group.largeDomains());
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        CollectiveLibrary library = group.library();
        int members = group.membersPerNode();
        boolean inSwitch = group.inSwitchReduction(members, FEWEST_GPUS_IN_SWITCH);
        double insidePerByte = inSwitch
                ? 1 / group.efficiency().inSwitchShare()
                : 2 / (library.treeShare() * group.efficiency().ring());
        double treeTraffic = group.nodes() == 2 ? 1 : 2 / library.manyNodeTreeShare();
        double betweenPerByte = treeTraffic / group.networkClass().ringEfficiency();

        var both = group.newUsage();
        group.addInsideNodes(both, insidePerByte);
        Stage inside = group.stage(both);
        group.addBetweenNodes(both, betweenPerByte);
        var network = group.newUsage();
        group.addBetweenNodes(network, betweenPerByte);
        Stage between = group.stage(network);

        double stepSeconds =
                inSwitch ? library.inSwitchPerGpuSeconds() * members : 2 * (members - 1) * library.bulkHopSeconds();
        double latencySeconds = library.baseSeconds()
                + stepSeconds
                + 2 * RingLatency.ceilLog2(group.nodes()) * group.networkClass().bulkLatencySeconds()
                + 2 * group.lineSecondsAcross();
        CollectivePlan plan = CollectivePlan.of(name(), latencySeconds, group.stage(both));
        if (inside.footprint().size() == 0) {
            return plan;
        }
        Stage quicker = inside.aloneBytesPerSecond() >= between.aloneBytesPerSecond() ? inside : between;
        return plan.filledBy(quicker, library.fillBytes());
    }
}
