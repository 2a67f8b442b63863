// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// All-reduce over nodes by double binary trees in protocol LL128, with a chain inside each node.
///
///     T = t0 + extra + 2 (p-1) a + 2 ceil(log2 N) l + S / min(0.8 c raw / 2, 0.92 BN / k)
///
/// c is the share of the raw link that the protocol reaches, k the traffic of the trees as in [TwoLevels].
final class Ll128Tree implements CollectiveAlgorithm {
    @Override
    public String name() {
        return "tree";
    }

    @Override
    public Protocol protocol() {
        return Protocol.LL128;
    }

    /// Sweeps of libraries that choose freely are far from its times.
    @Override
    public boolean isOnlyThereWhereForced() {
        return true;
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return TwoLevels.join(kind, group) && group.efficiency().ll128Share() > 0;
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        CollectiveLibrary library = group.library();
        var usage = group.newUsage();
        group.addInsideNodes(
                usage, 2 / (library.treeShare() * group.efficiency().ll128Share()));
        group.addBetweenNodes(
                usage,
                TwoLevels.treeTraffic(group)
                        / (library.ll128NetworkShare() * group.networkClass().ringEfficiency()));
        double latencySeconds = library.baseSeconds()
                + library.ll128ExtraSeconds()
                + 2
                        * ((group.membersPerNode() - 1) * library.lowLatencyHopSeconds()
                                + RingLatency.ceilLog2(group.nodes())
                                        * group.networkClass().messageLatencySeconds()
                                + group.lineSecondsAcross());
        return CollectivePlan.of(this, latencySeconds, group.stage(usage));
    }
}
