// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tells, when nothing happens any more, which lanes are not done and what they wait for.
final class DeadlockReport {
    private final StepPlan plan;
    private final Lanes lanes;
    private final Hosts hosts;
    private final Meetings meetings;

    DeadlockReport(StepPlan plan, Lanes lanes, Hosts hosts, Meetings meetings) {
        this.plan = plan;
        this.lanes = lanes;
        this.hosts = hosts;
        this.meetings = meetings;
    }

    /// Who waits, if any lane is not done.
    Optional<Deadlock> at(long atNanos) {
        List<Deadlock.Wait> waits = new ArrayList<>();
        for (int lane = 0; lane < lanes.count(); lane++) {
            if (lanes.status[lane] != Lanes.DONE) {
                waits.add(waitOf(lane));
            }
        }
        return waits.isEmpty() ? Optional.empty() : Optional.of(new Deadlock(atNanos, waits));
    }

    private Deadlock.Wait waitOf(int lane) {
        int member = lanes.memberOf(lane);
        Program program = plan.program(member);
        int head = lanes.head[lane];
        String name = plan.tables().name(program.name[head]);
        int stream = lane % lanes.streams;
        if (lanes.status[lane] != Lanes.MEETING) {
            int after = hosts.isHeldBefore(member, head) ? program.after[hosts.nextSync(member)] : program.after[head];
            return new Deadlock.Wait(plan.rankOf()[member], stream, head, name, Program.NONE, List.of(), after);
        }
        int group = plan.groupOf()[
                member * plan.slots()
                        + plan.tables().call(program.operand[head]).slot()];
        return new Deadlock.Wait(plan.rankOf()[member], stream, head, name, group, missing(group), Program.NONE);
    }

    private List<Integer> missing(int group) {
        List<Integer> missing = new ArrayList<>();
        int[] arrivals = meetings.arrivals(group);
        for (int member = 0; member < plan.members(); member++) {
            for (int slot = 0; slot < plan.slots(); slot++) {
                int of = member;
                if (plan.groupOf()[member * plan.slots() + slot] == group
                        && Arrays.stream(arrivals).noneMatch(lane -> lanes.memberOf(lane) == of)) {
                    missing.add(plan.rankOf()[member]);
                }
            }
        }
        return missing;
    }
}
