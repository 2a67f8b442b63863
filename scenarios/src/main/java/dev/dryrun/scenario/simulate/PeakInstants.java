// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.trace.SpanObserver;
import dev.dryrun.strategy.memory.StageMemory;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Notes when the instructions begin at which the memory of the stages is highest, on the first rank of each.
final class PeakInstants implements SpanObserver {
    private static final int NOBODY = -1;
    private static final long NEVER = -1;

    /// The instruction that a member waits for, or `NOBODY` where the member is not the first of its stage.
    private final int[] instructionOf;
    private final int[] stageOf;
    private final long[] beginNanos;
    private final @Nullable SpanObserver other;

    /// @param other sees everything as well, where there is one
    PeakInstants(StepPlan plan, List<StageMemory> stages, @Nullable SpanObserver other) {
        this.other = other;
        instructionOf = new int[plan.members()];
        stageOf = plan.programOf();
        beginNanos = new long[stages.size()];
        Arrays.fill(instructionOf, NOBODY);
        Arrays.fill(beginNanos, NEVER);
        boolean[] found = new boolean[stages.size()];
        for (int member = 0; member < plan.members(); member++) {
            int stage = stageOf[member];
            if (stage < found.length && !found[stage]) {
                found[stage] = true;
                instructionOf[member] = stages.get(stage).timeline().peakInstruction();
            }
        }
    }

    @Override
    public void ran(int member, int instruction, long readyNanos, long startNanos, long endNanos) {
        if (instructionOf[member] == instruction) {
            beginNanos[stageOf[member]] = startNanos;
        }
        if (other != null) {
            other.ran(member, instruction, readyNanos, startNanos, endNanos);
        }
    }

    /// When a stage's instruction began; empty where it did not run.
    OptionalLong beginNanos(int stage) {
        return beginNanos[stage] == NEVER ? OptionalLong.empty() : OptionalLong.of(beginNanos[stage]);
    }
}
