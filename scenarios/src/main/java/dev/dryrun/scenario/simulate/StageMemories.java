// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.StageMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Memory of a job's stages beside what its accelerator has.
public final class StageMemories {
    private StageMemories() {}

    /// Memory along the compiled programs of the stages.
    public static MemoryUse of(TrainingJob job, StepPlan plan) {
        List<MemoryUse.Stage> stages = new ArrayList<>();
        StageMemory fullest = null;
        for (StageMemory memory : StageMemory.of(job, plan)) {
            stages.add(new MemoryUse.Stage(
                    memory.stage(), memory.allocatedBytes(), memory.reservedBytes(), memory.deviceBytes()));
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
