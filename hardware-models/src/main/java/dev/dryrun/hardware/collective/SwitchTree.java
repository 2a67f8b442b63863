// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.flow.FlowPlan;

/// All-reduce over nodes by double binary trees between nodes whose switches reduce ([TwoLevels]), NCCL's NVLS tree.
///
///     A = nv raw (p >= 4 GPUs of a node), steps = aN p
final class SwitchTree implements CollectiveAlgorithm {
    private static final int FEWEST_GPUS = 4;

    @Override
    public String name() {
        return "nvls-tree";
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return TwoLevels.join(kind, group) && group.inSwitchReduction(group.membersPerNode(), FEWEST_GPUS);
    }

    /// A library that can reduce inside the switches of nodes has no use for chains there in bulk.
    @Override
    public boolean supersedes(CollectiveAlgorithm other) {
        return other instanceof ChainTree;
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        double insidePerByte = 1 / group.efficiency().inSwitchShare();
        double stepSeconds = group.library().inSwitchPerGpuSeconds() * group.membersPerNode();
        return TwoLevels.plan(this, group, insidePerByte, stepSeconds);
    }

    @Override
    public FlowPlan chunks(CollectiveKind kind, Group group, CollectivePlan fluid, double bytes) {
        return TreeChunks.of(
                group, fluid, new SwitchHops(group, 1 / group.efficiency().inSwitchShare()), bytes);
    }
}
