// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.Arrays;

/// Where every stream of every member stands. A lane is a member's stream; the lane of stream `s` of member `r` is `r *
/// streams + s`.
final class Lanes {
    /// At the head is an instruction that has not begun.
    static final byte READY = 0;
    /// A block runs.
    static final byte RUNNING = 1;
    /// A call has arrived at its group and misses other members.
    static final byte MEETING = 2;
    /// A call's activity runs.
    static final byte COMMUNICATING = 3;
    /// No instruction is left.
    static final byte DONE = 4;

    final int streams;
    final byte[] status;
    /// Instruction at the head.
    final int[] head;
    /// Last instruction that is done, or -1.
    final int[] doneUpTo;
    /// When the head became ready to run; for a call, when it arrived.
    final long[] readyNanos;
    final long[] startNanos;
    /// When the running block ends, as far as is known now.
    final long[] endNanos;
    /// When the head has been promised a second look, to schedule no look twice.
    final long[] wakeNanos;
    /// Device time left of the running block at `updatedNanos`.
    final double[] leftNanos;
    /// Device time done per nanosecond.
    final double[] speed;
    final long[] updatedNanos;
    /// Instant before which the host's issue does not let the block end.
    final long[] hostFloorNanos;

    Lanes(StepPlan plan) {
        streams = plan.programs().stream().mapToInt(Program::streams).max().orElse(1);
        int lanes = plan.members() * streams;
        status = new byte[lanes];
        head = new int[lanes];
        doneUpTo = new int[lanes];
        Arrays.fill(doneUpTo, -1);
        readyNanos = new long[lanes];
        startNanos = new long[lanes];
        endNanos = new long[lanes];
        wakeNanos = new long[lanes];
        Arrays.fill(wakeNanos, -1);
        leftNanos = new double[lanes];
        speed = new double[lanes];
        updatedNanos = new long[lanes];
        hostFloorNanos = new long[lanes];
        for (int member = 0; member < plan.members(); member++) {
            Program program = plan.program(member);
            for (int s = 0; s < streams; s++) {
                int lane = member * streams + s;
                head[lane] = s < program.streams ? program.first[s] : program.size;
                status[lane] = head[lane] == program.size ? DONE : READY;
            }
        }
    }

    int count() {
        return status.length;
    }

    int memberOf(int lane) {
        return lane / streams;
    }

    /// Moves past the head, which is done.
    void advance(int lane, Program program) {
        doneUpTo[lane] = head[lane];
        head[lane] = program.next[head[lane]];
        status[lane] = head[lane] == program.size ? DONE : READY;
        wakeNanos[lane] = -1;
    }

    /// Whether an instruction of a member is done.
    boolean isDone(int member, Program program, int instruction) {
        return doneUpTo[member * streams + program.stream[instruction]] >= instruction;
    }
}
