// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.sim.program.Program;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.layout.Layout;
import java.util.Map;
import java.util.TreeMap;

/// What has to be where machines or replicas differ: ranks that meet in every layer run on equal nodes, and replicas
/// have their micro-batches.
final class MixedRules {
    private static final Map<Integer, String> MEET_IN_LAYERS = new TreeMap<>(Map.of(
            Layout.TENSOR, "tensor",
            Layout.CONTEXT, "context",
            Layout.EXPERT, "expert",
            Layout.EXPERT_TENSOR, "expert_tensor"));

    private MixedRules() {}

    static void check(ParallelStrategy strategy, Cluster cluster, Training training, Entry entry) {
        String problem = strategy.problemWithMicroBatches(training.globalBatch());
        if (problem != null) {
            entry.problem("micro_batches", strategy.microBatchesOfReplicas().toString(), problem, "");
        }
        if (cluster.isMixed()) {
            MEET_IN_LAYERS.forEach((slot, key) -> groupsLieInParts(strategy, cluster, entry, slot, key));
        }
    }

    private static void groupsLieInParts(
            ParallelStrategy strategy, Cluster cluster, Entry entry, int slot, String key) {
        var grid = strategy.grid();
        Layout layout = new Layout(grid, Layout.Messages.DOWN, false, grid.copies());
        for (int rank = 0; rank < layout.ranks(); rank++) {
            int group = layout.groupOf(rank, slot);
            int first = group == Program.NONE ? rank : layout.gpusOf(group)[0];
            if (cluster.partOf(first) != cluster.partOf(rank)) {
                entry.problem(
                        key,
                        entry.has(key) ? entry.shown(key) : "such",
                        "ranks " + first + " and " + rank + " meet in every layer and must be in one part of the"
                                + " cluster, not in parts " + cluster.partOf(first) + " and " + cluster.partOf(rank),
                        "another order, or parts of other sizes");
                return;
            }
        }
    }
}
