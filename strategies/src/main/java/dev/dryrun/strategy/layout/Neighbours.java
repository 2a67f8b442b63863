// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

import dev.dryrun.sim.program.Program;

/// Groups of a rank of a stage and its counterpart of the next, or of the first behind the last, the one of which sends
/// to the other.
///
/// @param boundaries stages that have a next one
/// @param down whether the earlier one sends
record Neighbours(int ranks, Axis pipeline, int boundaries, boolean down) implements Groups {
    private int ofBoundary() {
        return ranks / pipeline.size();
    }

    @Override
    public int count() {
        return boundaries * ofBoundary();
    }

    /// The group with the counterpart of the next stage.
    int withNext(int rank) {
        return at(pipeline.placeOf(rank), rank);
    }

    /// The group with the counterpart of the stage before.
    int withPrevious(int rank) {
        return at(Math.floorMod(pipeline.placeOf(rank) - 1, pipeline.size()), rank);
    }

    private int at(int boundary, int rank) {
        return boundary < boundaries ? boundary * ofBoundary() + pipeline.without(rank) : Program.NONE;
    }

    @Override
    public int[] ranksOf(int group) {
        int stage = group / ofBoundary();
        int line = group % ofBoundary();
        int here = pipeline.with(line, stage);
        int next = pipeline.with(line, (stage + 1) % pipeline.size());
        return down ? new int[] {here, next} : new int[] {next, here};
    }
}
