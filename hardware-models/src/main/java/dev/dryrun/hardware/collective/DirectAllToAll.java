// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.flow.FlowPlan;
import java.util.function.Consumer;

/// All-to-all as messages from every rank straight to every other, all at once.
///
///     T = t0 + aP (n-p) + (N > 1: l) + max(w1, w2) + fill
///     w1 = S (p-1)/n / B,   w2 = S (n-p)/n / (e nic)
///
/// S is the buffer of a rank, p of the n ranks are on its node, aP is the cost of a peer on another node, e the share
/// of a message on the network. Over switched links the two overlap except for `fill = min(w1, F/B)`; of a mesh every
/// message has a link of its own. Where the exchange is uneven ([ExchangeShares]) the links of the hottest ranks bind.
final class DirectAllToAll implements CollectiveAlgorithm {
    @Override
    public String name() {
        return "direct";
    }

    @Override
    public boolean isAlwaysThere() {
        return true;
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind == CollectiveKind.ALL_TO_ALL;
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        return plan(
                group,
                usage -> group.addPairsInsideNodes(usage, 1 / group.efficiency().ring()),
                usage -> group.addPairsBetweenNodes(
                        usage, 1 / group.networkClass().messageEfficiency()));
    }

    /// The same where ranks have different amounts for each other.
    CollectivePlan plan(Group group, ExchangeShares shares) {
        return plan(
                group,
                usage -> group.addPairsInsideNodes(usage, 1 / group.efficiency().ring(), shares),
                usage -> group.addPairsBetweenNodes(
                        usage, 1 / group.networkClass().messageEfficiency(), shares));
    }

    private CollectivePlan plan(Group group, Consumer<LinkUsage> insideNodes, Consumer<LinkUsage> betweenNodes) {
        CollectiveLibrary library = group.library();
        int members = group.membersPerNode();
        var usage = group.newUsage();
        insideNodes.accept(usage);
        Stage inside = group.mesh() || members == 1 ? null : group.stage(usage);
        betweenNodes.accept(usage);

        double latencySeconds = library.baseSeconds()
                + library.remotePeerSeconds() * (group.ranks() - members)
                + (group.nodes() > 1 ? group.networkClass().messageLatencySeconds() : 0);
        CollectivePlan plan = CollectivePlan.of(this, latencySeconds, group.stage(usage));
        return inside == null ? plan : plan.filledBy(inside, library.fillBytes() * group.ranks() / (members - 1));
    }

    @Override
    public FlowPlan chunks(CollectiveKind kind, Group group, CollectivePlan fluid, double bytes) {
        return DirectChunks.allToAll(group, fluid, bytes);
    }
}
