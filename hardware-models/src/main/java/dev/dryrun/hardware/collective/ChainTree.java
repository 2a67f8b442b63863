// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.flow.FlowPlan;

/// All-reduce over nodes by double binary trees with a chain inside each node ([TwoLevels]), NCCL's tree.
///
///     A = 0.8 B/2 (up and down the chain of p GPUs), steps = 2 (p-1) a
final class ChainTree implements CollectiveAlgorithm {
    @Override
    public String name() {
        return "tree";
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return TwoLevels.join(kind, group);
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        CollectiveLibrary library = group.library();
        double stepSeconds = 2 * (group.membersPerNode() - 1) * library.bulkHopSeconds();
        return TwoLevels.plan(this, group, insidePerByte(group), stepSeconds);
    }

    private static double insidePerByte(Group group) {
        return 2 / (group.library().treeShare() * group.efficiency().ring());
    }

    @Override
    public FlowPlan chunks(CollectiveKind kind, Group group, CollectivePlan fluid, double bytes) {
        return TreeChunks.of(group, fluid, new ChainHops(group, insidePerByte(group) / 2), bytes);
    }
}
