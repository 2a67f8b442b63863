// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// All-reduce over nodes by double binary trees in protocol LL ([LowLatency]): `h = 2 (p-1)` steps along the chains
/// inside nodes, `hx = 2 ceil(log2 N)` up and down the trees.
final class LowLatencyTree implements CollectiveAlgorithm {
    @Override
    public String name() {
        return "tree";
    }

    @Override
    public Protocol protocol() {
        return Protocol.LL;
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind == CollectiveKind.ALL_REDUCE && group.nodes() > 1;
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        double stepSeconds = 2
                * ((group.membersPerNode() - 1) * group.library().lowLatencyHopSeconds()
                        + RingLatency.ceilLog2(group.nodes())
                                * group.networkClass().messageLatencySeconds()
                        + group.lineSecondsAcross());
        return LowLatency.plan(this, kind, group, stepSeconds);
    }
}
