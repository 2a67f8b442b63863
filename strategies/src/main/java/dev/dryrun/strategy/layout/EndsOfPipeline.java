// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

import dev.dryrun.sim.program.Program;

/// Groups of a rank of the first stage and its counterpart of the last.
record EndsOfPipeline(int ranks, Axis pipeline) implements Groups {
    @Override
    public int count() {
        return ranks / pipeline.size();
    }

    int groupOf(int rank) {
        int stage = pipeline.placeOf(rank);
        return stage == 0 || stage == pipeline.size() - 1 ? pipeline.without(rank) : Program.NONE;
    }

    @Override
    public int[] ranksOf(int group) {
        return new int[] {pipeline.with(group, 0), pipeline.with(group, pipeline.size() - 1)};
    }
}
