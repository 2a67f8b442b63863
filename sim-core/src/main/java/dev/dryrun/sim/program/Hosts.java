// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

/// Where the host thread of every member stands.
///
/// A host issues instructions one after the other and runs ahead of its device, so the instant of an issue is known
/// without an event: the host times of the instructions since the last point where the host was held, added up.
final class Hosts {
    /// Next host sync of each member, or the program's size.
    private final int[] nextSync;
    /// First instruction after the last host sync.
    private final int[] resumedAt;
    private final long[] resumedNanos;

    Hosts(StepPlan plan) {
        nextSync = new int[plan.members()];
        resumedAt = new int[plan.members()];
        resumedNanos = new long[plan.members()];
        for (int member = 0; member < plan.members(); member++) {
            Program program = plan.program(member);
            nextSync[member] = program.first[program.streams];
        }
    }

    /// Whether the host is held at a sync before it comes to an instruction.
    boolean isHeldBefore(int member, int instruction) {
        return nextSync[member] < instruction;
    }

    /// The host sync at which the host is held or will be, or the program's size.
    int nextSync(int member) {
        return nextSync[member];
    }

    /// When the host begins to issue an instruction that no sync holds back.
    long issueNanos(int member, Program program, int instruction) {
        return resumedNanos[member] + program.hostBefore[instruction] - program.hostBefore[resumedAt[member]];
    }

    /// Lets the host go on from its next sync, at `nowNanos` or when it comes there.
    void resume(int member, Program program, long nowNanos) {
        int sync = nextSync[member];
        resumedNanos[member] = Math.max(nowNanos, issueNanos(member, program, sync));
        resumedAt[member] = sync;
        nextSync[member] = program.next[sync];
    }
}
