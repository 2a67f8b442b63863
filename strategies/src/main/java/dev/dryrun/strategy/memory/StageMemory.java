// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.sim.program.MemoryTimeline;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Highest memory of a rank of a stage within a step, read off its program.
///
///     allocated = states + workspace + activations + scratch          what the framework's tensors hold
///     reserved  = states + workspace + fragmentation (activations + scratch)   what its allocator took
///     device    = reserved + context                                  what the driver reports
///
/// Activations and scratch are all that comes and goes within a step.
///
/// @param stage of the pipeline
/// @param states lasting bytes by category
/// @param rules of the stack
/// @param timeline of what comes and goes
public record StageMemory(int stage, StateBytes states, MemoryRules rules, MemoryTimeline timeline) {
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
        return new StageMemory(stage, model.states(stage), model.rules(), timeline);
    }

    /// Bytes at the instant of the peak by what they hold; categories without any are left out. They add up to those of
    /// the device, the allocated ones among them to those allocated.
    public Map<MemoryCategory, Double> byCategory() {
        Map<MemoryCategory, Double> lasting = lastingBytes();
        Map<MemoryCategory, Double> all = new EnumMap<>(MemoryCategory.class);
        for (MemoryCategory category : MemoryCategory.values()) {
            double bytes = lasting.getOrDefault(category, 0.0) + timeline.peakBytes(category.ordinal());
            if (bytes > 0) {
                all.put(category, bytes);
            }
        }
        return all;
    }

    /// Bytes that a rank holds from step to step by what they hold, with the gaps that the allocator leaves at the
    /// peak.
    public Map<MemoryCategory, Double> lastingBytes() {
        Map<MemoryCategory, Double> bytes = new EnumMap<>(MemoryCategory.class);
        bytes.put(MemoryCategory.WEIGHTS, states.weights());
        bytes.put(MemoryCategory.GRADIENTS, states.gradients());
        bytes.put(MemoryCategory.OPTIMIZER, states.optimizer());
        bytes.put(MemoryCategory.SCRATCH, states.scratch());
        bytes.put(MemoryCategory.WORKSPACE, rules.workspaceBytes());
        bytes.put(MemoryCategory.FRAGMENTATION, (rules.fragmentation() - 1) * timeline.peakBytes());
        bytes.put(MemoryCategory.CONTEXT, rules.contextBytes());
        return bytes;
    }

    /// Bytes kept for the backward pass, at the peak.
    public double activationBytes() {
        return at(MemoryCategory.ACTIVATIONS) + at(MemoryCategory.LOGITS_AND_LOSS) + at(MemoryCategory.EMBEDDING);
    }

    public double allocatedBytes() {
        return states.total() + rules.workspaceBytes() + timeline.peakBytes();
    }

    /// Bytes of the framework's allocator.
    public double reservedBytes() {
        return states.total() + rules.workspaceBytes() + rules.fragmentation() * timeline.peakBytes();
    }

    /// Bytes of the process on the device.
    public double deviceBytes() {
        return reservedBytes() + rules.contextBytes();
    }

    private double at(MemoryCategory category) {
        return timeline.peakBytes(category.ordinal());
    }
}
