// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

/// Books every instant of every member's main stream (stream 0) under one category.
///
/// While a block runs, the instant is booked when it ends, by the block's own mix; what slowed it down and what the
/// host held up are booked apart. Else the member waits, and the instant belongs to what it waits for: the
/// communication that its head waits on, the members missing there, or the host.
final class TimeLedger {
    private static final int BLOCK_RUNNING = -1;

    private final StepPlan plan;
    private final Lanes lanes;
    private final Hosts hosts;
    private final long[][] exposed;
    private final long[][] busy;
    private final int[] booking;
    private final long[] sinceNanos;
    private final double[] stretchedNanos;
    private final int[] stretchedBy;

    TimeLedger(StepPlan plan, Lanes lanes, Hosts hosts) {
        this.plan = plan;
        this.lanes = lanes;
        this.hosts = hosts;
        int categories = plan.tables().categories().size();
        exposed = new long[plan.members()][categories];
        busy = new long[plan.members()][categories];
        booking = new int[plan.members()];
        sinceNanos = new long[plan.members()];
        stretchedNanos = new double[plan.members()];
        stretchedBy = new int[plan.members()];
        java.util.Arrays.fill(booking, plan.tables().categories().host());
    }

    long[][] exposed() {
        return exposed;
    }

    long[][] busy() {
        return busy;
    }

    /// Books what has passed since the last change; to be called before a member changes.
    void settle(int member, long nowNanos) {
        if (booking[member] != BLOCK_RUNNING) {
            exposed[member][booking[member]] += nowNanos - sinceNanos[member];
        }
        sinceNanos[member] = nowNanos;
    }

    /// Decides what passes from now on; to be called after a member has changed.
    void decide(int member) {
        booking[member] = categoryOf(member * lanes.streams, member, 0);
    }

    /// Notes that the running block was slowed down by a communication of a category.
    void stretched(int member, double nanos, int byCategory) {
        stretchedNanos[member] += nanos;
        stretchedBy[member] = byCategory;
    }

    /// Books a block that has run.
    void ran(int lane, Block block, long startNanos, long endNanos) {
        int member = lanes.memberOf(lane);
        long[] mix = block.nanosByCategory();
        long[] hidden = block.hiddenNanosByCategory();
        for (int c = 0; c < mix.length; c++) {
            busy[member][c] += mix[c] + hidden[c];
        }
        if (lane % lanes.streams != 0) {
            return;
        }
        for (int c = 0; c < mix.length; c++) {
            exposed[member][c] += mix[c];
        }
        long extra = endNanos - startNanos - block.deviceNanos();
        long slowed = Math.min(extra, Math.round(stretchedNanos[member]));
        if (slowed > 0) {
            exposed[member][stretchedBy[member]] += slowed;
        }
        exposed[member][plan.tables().categories().host()] += extra - slowed;
        stretchedNanos[member] = 0;
    }

    /// Books a communication that has run.
    void communicated(int member, Call call, long nanos) {
        busy[member][call.category()] += nanos;
    }

    private int categoryOf(int lane, int member, int depth) {
        Program program = plan.program(member);
        return switch (lanes.status[lane]) {
            case Lanes.RUNNING -> depth == 0 ? BLOCK_RUNNING : mainCategory(program, lanes.head[lane]);
            case Lanes.COMMUNICATING -> call(program, lanes.head[lane]).category();
            case Lanes.MEETING -> call(program, lanes.head[lane]).waitCategory();
            case Lanes.DONE ->
                depth == 0 ? afterTheEnd(member) : plan.tables().categories().idle();
            default -> readyCategory(lane, member, program, depth);
        };
    }

    private int readyCategory(int lane, int member, Program program, int depth) {
        int host = plan.tables().categories().host();
        int head = lanes.head[lane];
        if (depth > lanes.streams) {
            return host;
        }
        if (hosts.isHeldBefore(member, head)) {
            int sync = hosts.nextSync(member);
            return follow(member, program, program.after[sync], depth, host);
        }
        return follow(member, program, program.after[head], depth, host);
    }

    private int follow(int member, Program program, int awaited, int depth, int otherwise) {
        if (awaited == Program.NONE || lanes.isDone(member, program, awaited)) {
            return otherwise;
        }
        return categoryOf(member * lanes.streams + program.stream[awaited], member, depth + 1);
    }

    private int afterTheEnd(int member) {
        for (int s = 1; s < lanes.streams; s++) {
            int lane = member * lanes.streams + s;
            if (lanes.status[lane] != Lanes.DONE) {
                return categoryOf(lane, member, 1);
            }
        }
        return plan.tables().categories().idle();
    }

    private Call call(Program program, int instruction) {
        return plan.tables().call(program.operand[instruction]);
    }

    private int mainCategory(Program program, int instruction) {
        long[] mix = plan.tables().block(program.operand[instruction]).nanosByCategory();
        int main = 0;
        for (int c = 1; c < mix.length; c++) {
            if (mix[c] > mix[main]) {
                main = c;
            }
        }
        return main;
    }
}
