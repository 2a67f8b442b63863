// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.pipeline.StagePartition;

final class ChunkMemories {
    private ChunkMemories() {}

    static ChunkMemory of(TrainingJob job, int stage, StagePartition partition) {
        return new ChunkMemory(MemoryDelta.NONE, MemoryDelta.NONE, MemoryDelta.NONE, MemoryDelta.NONE);
    }
}
