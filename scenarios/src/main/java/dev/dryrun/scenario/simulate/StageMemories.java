// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.memory.MemoryRules;
import dev.dryrun.strategy.memory.StageMemory;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Memory of a job's stages beside what its accelerator has.
final class StageMemories {
    private StageMemories() {}

    static MemoryUse of(TrainingJob job) {
        var model = new MemoryModel(
                job.model(),
                job.training(),
                job.strategy(),
                MemoryRules.of(job.stack(), job.training().precision()));
        PipelineSchedule schedule = PipelineSchedules.byName(job.strategy().schedule());
        if (schedule == null) {
            throw new IllegalArgumentException("schedule is \"" + job.strategy().schedule() + "\"");
        }
        List<MemoryUse.Stage> stages = new ArrayList<>();
        StageMemory fullest = null;
        for (int stage = 0; stage < job.strategy().stages(); stage++) {
            StageMemory memory = StageMemory.of(model, stage, schedule, job.microBatches());
            stages.add(
                    new MemoryUse.Stage(stage, memory.allocatedBytes(), memory.reservedBytes(), memory.deviceBytes()));
            if (fullest == null || memory.deviceBytes() > fullest.deviceBytes()) {
                fullest = memory;
            }
        }
        if (fullest == null) {
            throw new IllegalStateException("a job without stages");
        }
        return new MemoryUse(job.accelerator().usableMemoryBytes(), stages, byCategory(fullest));
    }

    private static Map<String, Double> byCategory(StageMemory memory) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        bytes.put("weights", memory.states().weights());
        bytes.put("gradients", memory.states().gradients());
        bytes.put("optimizer", memory.states().optimizer());
        bytes.put("activations", memory.activationBytes());
        bytes.put("scratch", memory.states().scratch() + memory.scratchBytes());
        bytes.put("workspace", memory.workspaceBytes());
        return bytes;
    }
}
