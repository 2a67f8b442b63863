// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.collective.ChunkedPipeline.Hops;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.sim.flow.FlowPlan;
import java.util.List;
import java.util.Locale;

/// Messages, each a flow of its own.
///
/// One to another node takes the interface that the fluid plan gives it: that of the receiver's position, or of the
/// sender's where its node has more members; to there, data change rails inside the node.
final class DirectChunks {
    private static final int MOST_RANKS = 1024;

    private DirectChunks() {}

    static FlowPlan allToAll(Group group, CollectivePlan fluid, double bytes) {
        if (group.ranks() > MOST_RANKS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "an all-to-all of %,d ranks is as many messages squared; must be at most %,d ranks to be played"
                            + " one by one",
                    group.ranks(),
                    MOST_RANKS));
        }
        var hops = new Hops();
        double inside = 1 / group.efficiency().ring();
        double between = 1 / group.networkClass().messageEfficiency();
        Network network = group.network();
        for (int from = 0; from < group.nodes(); from++) {
            for (int to = 0; to < group.nodes(); to++) {
                int[] here = group.membersByNode().get(from);
                int[] there = group.membersByNode().get(to);
                for (int i = 0; i < here.length; i++) {
                    for (int j = 0; j < there.length; j++) {
                        var usage = new LinkUsage(8);
                        int lane = there.length >= here.length ? j : i;
                        if (from != to) {
                            usage.add(network.route(here[lane % here.length], there[lane % there.length]), between);
                        } else if (i != j) {
                            usage.add(network.route(here[i], here[j]), inside);
                        } else {
                            continue;
                        }
                        hops.add(usage.toFootprint(), 1.0 / group.ranks(), List.of());
                    }
                }
            }
        }
        return hops.pipeline(bytes, 1, fluid.overheadSeconds(bytes));
    }

    static FlowPlan message(CollectivePlan fluid, double bytes) {
        var hops = new Hops();
        hops.add(fluid.main().footprint(), 1, List.of());
        return hops.pipeline(bytes, 1, fluid.overheadSeconds(bytes));
    }
}
