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
    NODES("one node", "several nodes"),
    /// Whether its blocks have experts.
    BLOCKS("dense", "experts"),
    ACCELERATOR(Arrays.stream(AcceleratorGeneration.values())
            .map(AcceleratorGeneration::words)
            .toArray(String[]::new)),
    SCALE(Arrays.stream(JobScale.values()).map(JobScale::words).toArray(String[]::new));

    private static final long USUAL_NODE_GPUS = 8;

    private final List<String> names;

    RegimeKind(String... names) {
        this.names = List.of(names);
    }

    /// The regimes, in the order in which they are shown.
    public List<String> names() {
        return names;
    }

    /// The regime that a row belongs to.
    public String of(ScoredRun scored) {
        MeasuredRun run = scored.run();
        return switch (this) {
            case NODES -> names.get(crossesNodes(scored) ? 1 : 0);
            case BLOCKS -> names.get(run.states(Column.N_EXPERTS) ? 1 : 0);
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
