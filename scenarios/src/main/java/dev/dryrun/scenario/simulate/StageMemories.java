// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.StageMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/// Memory of a job's stages beside what their accelerators have.
public final class StageMemories {
    private StageMemories() {}

    /// Memory along the compiled programs of the stages, without the instants of the peaks.
    public static MemoryUse of(TrainingJob job, StepPlan plan) {
        return of(job, plan, StageMemory.of(job, plan), stage -> OptionalLong.empty(), 0);
    }

    /// @param begins when the instruction of the peak begins, by stage
    /// @param stepNanos of the step in which it does
    static MemoryUse of(
            TrainingJob job,
            StepPlan plan,
            List<StageMemory> memories,
            IntFunction<OptionalLong> begins,
            long stepNanos) {
        List<MemoryUse.Stage> stages = new ArrayList<>();
        for (StageMemory memory : memories) {
            stages.add(new MemoryUse.Stage(
                    memory.stage(),
                    job.usableMemoryBytes(memory.stage()),
                    memory.allocatedBytes(),
                    memory.reservedBytes(),
                    memory.deviceBytes(),
                    memory.byCategory(),
                    peak(plan, memory, begins.apply(memory.stage()), stepNanos)));
        }
        return new MemoryUse(stages, List.of());
    }

    private static MemoryUse.Peak peak(StepPlan plan, StageMemory memory, OptionalLong begin, long stepNanos) {
        Program program = plan.programs().get(memory.stage());
        int instruction = memory.timeline().peakInstruction();
        int microBatch = program.detail(instruction);
        return new MemoryUse.Peak(
                plan.tables().name(program.name(instruction)),
                microBatch == Program.NONE ? OptionalInt.empty() : OptionalInt.of(microBatch),
                memory.timeline().peakPart(),
                begin.isPresent() ? OptionalDouble.of(SimTime.toSeconds(begin.getAsLong())) : OptionalDouble.empty(),
                begin.isPresent() ? OptionalDouble.of((double) begin.getAsLong() / stepNanos) : OptionalDouble.empty());
    }
}
