// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.sim.sharing.Phase;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where every group stands: who has arrived, and how far its activity is.
final class Meetings {
    private final StepPlan plan;
    private final int[] offset;
    private final int[] lanes;
    private final int[] arrived;
    private final int[] transfer;
    private final int[] phase;
    private final @Nullable Activity[] activity;

    Meetings(StepPlan plan) {
        this.plan = plan;
        offset = new int[plan.groups() + 1];
        for (int group = 0; group < plan.groups(); group++) {
            offset[group + 1] = offset[group] + plan.arrivalsOf()[group];
        }
        lanes = new int[offset[plan.groups()]];
        arrived = new int[plan.groups()];
        transfer = new int[plan.groups()];
        phase = new int[plan.groups()];
        activity = new @Nullable Activity[plan.groups()];
    }

    /// Notes an arrival; returns whether the group is now complete.
    boolean arrive(int group, int lane, int withTransfer) {
        int count = arrived[group];
        if (count == plan.arrivalsOf()[group]) {
            throw new IllegalStateException("lane " + lane + " arrives at group " + group
                    + ", which is busy; a group must not be used from two streams of a member");
        }
        if (count > 0 && transfer[group] != withTransfer) {
            throw new IllegalStateException("lane " + lane + " arrives at group " + group + " for transfer "
                    + withTransfer + ", but lane " + lanes[offset[group]] + " came for transfer " + transfer[group]);
        }
        transfer[group] = withTransfer;
        lanes[offset[group] + count] = lane;
        arrived[group] = count + 1;
        return count + 1 == plan.arrivalsOf()[group];
    }

    /// What a complete group has come for.
    int transfer(int group) {
        return transfer[group];
    }

    /// Begins the activity of a complete group.
    void begin(int group) {
        activity[group] = plan.transfers().activity(group, transfer[group]);
        phase[group] = 0;
    }

    /// The phase that is due, or null if the activity is done.
    @Nullable
    Phase due(int group) {
        Activity current = activity[group];
        return current == null || phase[group] == current.phases().size()
                ? null
                : current.phases().get(phase[group]);
    }

    void nextPhase(int group) {
        phase[group]++;
    }

    /// Lanes that have arrived; all of the group's while its activity runs.
    int[] arrivals(int group) {
        return Arrays.copyOfRange(lanes, offset[group], offset[group] + arrived[group]);
    }

    int arrivedCount(int group) {
        return arrived[group];
    }

    int arrivedLane(int group, int index) {
        return lanes[offset[group] + index];
    }

    /// Empties the group for its next call.
    void end(int group) {
        arrived[group] = 0;
        activity[group] = null;
    }
}
