// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.InNetworkReduction;
import java.util.Objects;

/// All-reduce whose sum over nodes is made by the switches between them (SHARP), NCCL's CollNet in its direct form.
///
///     T = t0 + 2 (min(1, p-1) a + 0.4 us (p-1)) + l + max(s1, s2) + min(s1, s2) min(1, F/S)
///     s1 = 2 (p-1)/p S / B,   s2 = S / (e p nic)
///
/// Inside a node each of the p GPUs reduces a part of the data and sends it up through its interface; what comes back
/// it gives to the others. So every node sends S once and receives it once, however many nodes there are, and so does
/// every leaf. l and e are those of the switches. Steps: NVIDIA/nccl at 5067397c26, `tuning.cc`. It needs switches
/// inside nodes (NVSwitch) and at most eight GPUs of each, and a fabric that says it can.
final class InNetworkAllReduce implements CollectiveAlgorithm {
    private static final int MOST_GPUS = 8;
    private static final double GPU_SECONDS = 0.4e-6;

    @Override
    public String name() {
        return "collnet";
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind == CollectiveKind.ALL_REDUCE
                && group.nodes() > 1
                && group.inNetworkReduction() != null
                && !group.mesh()
                && group.isEven()
                && group.membersPerNode() <= MOST_GPUS;
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        InNetworkReduction switches = Objects.requireNonNull(group.inNetworkReduction());
        CollectiveLibrary library = group.library();
        int members = group.membersPerNode();
        var both = group.newUsage();
        group.addPairsInsideNodes(both, 2.0 * group.nodes() / group.efficiency().ring());
        Stage inside = group.stage(both);
        group.addBetweenNodes(both, 1 / switches.share());
        var network = group.newUsage();
        group.addBetweenNodes(network, 1 / switches.share());
        Stage between = group.stage(network);

        double latencySeconds = library.baseSeconds()
                + 2 * (Math.min(1, members - 1) * library.bulkHopSeconds() + GPU_SECONDS * (members - 1))
                + switches.latencySeconds()
                + 2 * group.lineSecondsAcross();
        CollectivePlan plan = CollectivePlan.of(this, latencySeconds, group.stage(both));
        if (members == 1) {
            return plan;
        }
        Stage quicker = inside.aloneBytesPerSecond() >= between.aloneBytesPerSecond() ? inside : between;
        return plan.filledBy(quicker, library.fillBytes());
    }
}
