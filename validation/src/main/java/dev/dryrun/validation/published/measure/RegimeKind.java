// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.Arrays;
import java.util.List;

/// A way to divide rows into regimes, none of which knows a family.
public enum RegimeKind {
    /// Whether the job crosses the network between nodes; a rack whose GPUs share one switch is one node.
    NODES,
    /// Whether its blocks have experts.
    BLOCKS,
    ACCELERATOR,
    SCALE;

    private static final List<String> NODES_OF_A_JOB = List.of("one node", "several nodes");
    private static final List<String> KINDS_OF_BLOCKS = List.of("dense", "experts");
    private static final long USUAL_NODE_GPUS = 8;

    /// The regimes, in the order in which they are shown.
    public List<String> names() {
        return switch (this) {
            case NODES -> NODES_OF_A_JOB;
            case BLOCKS -> KINDS_OF_BLOCKS;
            case ACCELERATOR ->
                Arrays.stream(AcceleratorGeneration.values())
                        .map(AcceleratorGeneration::words)
                        .toList();
            case SCALE -> Arrays.stream(JobScale.values()).map(JobScale::words).toList();
        };
    }

    /// The regime that a row belongs to.
    public String of(ScoredRun scored) {
        MeasuredRun run = scored.run();
        return switch (this) {
            case NODES -> NODES_OF_A_JOB.get(crossesNodes(scored) ? 1 : 0);
            case BLOCKS -> KINDS_OF_BLOCKS.get(run.states(Column.N_EXPERTS) ? 1 : 0);
            case ACCELERATOR -> AcceleratorGeneration.of(run).words();
            case SCALE -> JobScale.of(run).words();
        };
    }

    private static boolean crossesNodes(ScoredRun scored) {
        JobSketch sketch = scored.sketch();
        if (sketch != null) {
            return sketch.nodes() > 1;
        }
        long node = scored.run().count(Column.GPUS_PER_NODE).orElse(USUAL_NODE_GPUS);
        return scored.run().count(Column.N_GPUS).orElseThrow() > node;
    }
}
