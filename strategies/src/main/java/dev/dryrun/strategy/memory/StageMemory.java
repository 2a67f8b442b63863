// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.sim.program.MemoryTimeline;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.ArrayList;
import java.util.List;

/// Highest memory of a rank of a stage within a step, read off its program.
///
///     allocated = states + workspace + activations + scratch          what the framework's tensors hold
///     reserved  = states + workspace + fragmentation (activations + scratch)   what its allocator took
///     device    = reserved + context                                  what the driver reports
///
/// @param stage of the pipeline
/// @param states lasting bytes by category
/// @param workspaceBytes of the libraries
/// @param activationBytes kept for the backward pass, at the peak
/// @param scratchBytes of the pass that runs at the peak
/// @param reservedBytes of the framework's allocator
/// @param deviceBytes of the process on the device
public record StageMemory(
        int stage,
        StateBytes states,
        double workspaceBytes,
        double activationBytes,
        double scratchBytes,
        double reservedBytes,
        double deviceBytes) {
    /// Memory of the stages of a job whose compiled programs, stage by stage, the plan holds.
    public static List<StageMemory> of(TrainingJob job, StepPlan plan) {
        MemoryModel model = MemoryModel.of(job);
        List<StageMemory> stages = new ArrayList<>();
        for (int stage = 0; stage < job.strategy().stages(); stage++) {
            stages.add(of(model, stage, MemoryTimeline.of(plan.programs().get(stage), plan.tables())));
        }
        return stages;
    }

    /// Memory of a stage along its program.
    static StageMemory of(MemoryModel model, int stage, MemoryTimeline timeline) {
        long keptAtPeak = timeline.peakKeptBytes();
        long scratchAtPeak = timeline.peakWorkspaceBytes();
        MemoryRules rules = model.rules();
        StateBytes states = model.states(stage);
        double reserved =
                states.total() + rules.workspaceBytes() + rules.fragmentation() * (keptAtPeak + scratchAtPeak);
        return new StageMemory(
                stage,
                states,
                rules.workspaceBytes(),
                keptAtPeak,
                scratchAtPeak,
                reserved,
                reserved + rules.contextBytes());
    }

    public double allocatedBytes() {
        return states.total() + workspaceBytes + activationBytes + scratchBytes;
    }
}
