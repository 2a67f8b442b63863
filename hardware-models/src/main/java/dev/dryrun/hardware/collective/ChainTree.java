// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

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
        double insidePerByte = 2 / (library.treeShare() * group.efficiency().ring());
        double stepSeconds = 2 * (group.membersPerNode() - 1) * library.bulkHopSeconds();
        return TwoLevels.plan(this, group, insidePerByte, stepSeconds);
    }
}
