// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.flow.FlowPlan;

/// All-reduce inside the switches of one node (NVLS): each GPU sends its buffer once and receives the sum once.
///
///     T = t0 + aN n + S / (nv raw)
///
/// The library uses it for more than four GPUs.
final class InSwitchAllReduce implements CollectiveAlgorithm {
    private static final int FEWEST_GPUS = 5;

    @Override
    public String name() {
        return "nvls";
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind == CollectiveKind.ALL_REDUCE
                && group.nodes() == 1
                && group.inSwitchReduction(group.ranks(), FEWEST_GPUS);
    }

    /// A library that can reduce inside the switches of the only node uses no bulk rings there.
    @Override
    public boolean supersedes(CollectiveAlgorithm other) {
        return other instanceof SimpleRing;
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        CollectiveLibrary library = group.library();
        var usage = group.newUsage();
        group.addInsideNodes(usage, 1 / group.efficiency().inSwitchShare());
        double latencySeconds = library.baseSeconds() + library.inSwitchPerGpuSeconds() * group.ranks();
        return CollectivePlan.of(this, latencySeconds, group.stage(usage));
    }

    @Override
    public FlowPlan chunks(CollectiveKind kind, Group group, CollectivePlan fluid, double bytes) {
        return SwitchHops.alone(group, fluid, 1 / group.efficiency().inSwitchShare(), bytes);
    }
}
