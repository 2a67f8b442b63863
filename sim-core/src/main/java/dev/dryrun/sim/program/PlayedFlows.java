// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import dev.dryrun.sim.engine.Engine;
import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.flow.FlowProgress;
import dev.dryrun.sim.sharing.Phase;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The transfers under way that are played flow by flow, and the latencies of their flows.
///
/// A latency is an event whose number names a slot with the group and the flow; slots are used again.
final class PlayedFlows {
    /// What starts the work of a flow on the shared resources.
    @FunctionalInterface
    interface Work {
        void start(int group, int flow);
    }

    /// Flows of one group.
    private record Playing(int group, FlowProgress progress) {}

    private final Engine engine;
    private final int firstEvent;
    private final Work work;
    private final @Nullable Playing[] ofGroup;
    private int[] groupOfSlot = new int[0];
    private int[] flowOfSlot = new int[0];
    private int[] free = new int[0];
    private int freeCount;

    /// @param firstEvent number of the first of its events; the others are those below
    PlayedFlows(Engine engine, int firstEvent, int groups, Work work) {
        this.engine = engine;
        this.firstEvent = firstEvent;
        this.work = work;
        ofGroup = new @Nullable Playing[groups];
    }

    /// Begins a transfer of a group; returns whether it has any flow.
    boolean begin(int group, FlowPlan flows) {
        if (flows.flows() == 0) {
            return false;
        }
        Playing playing = new Playing(group, new FlowProgress(flows));
        ofGroup[group] = playing;
        playing.progress.begin(flow -> begin(playing, flow));
        return true;
    }

    /// The phase of a flow, latency passed.
    Phase phase(int group, int flow) {
        return of(group).progress.plan().phase(flow);
    }

    /// Notes the end of a flow; returns whether it was the last one of its group's transfer.
    boolean end(int group, int flow) {
        Playing playing = of(group);
        playing.progress.end(flow, next -> begin(playing, next));
        if (playing.progress.left() > 0) {
            return false;
        }
        ofGroup[group] = null;
        return true;
    }

    /// A latency has passed.
    void fire(int event) {
        int slot = firstEvent - event;
        free[freeCount++] = slot;
        work.start(groupOfSlot[slot], flowOfSlot[slot]);
    }

    private Playing of(int group) {
        return Objects.requireNonNull(ofGroup[group]);
    }

    private void begin(Playing playing, int flow) {
        long latencyNanos = playing.progress.plan().phase(flow).latencyNanos();
        if (latencyNanos == 0) {
            work.start(playing.group, flow);
            return;
        }
        if (freeCount == 0) {
            grow();
        }
        int slot = free[--freeCount];
        groupOfSlot[slot] = playing.group;
        flowOfSlot[slot] = flow;
        engine.schedule(latencyNanos, firstEvent - slot);
    }

    private void grow() {
        int old = groupOfSlot.length;
        int length = Math.max(64, 2 * old);
        groupOfSlot = Arrays.copyOf(groupOfSlot, length);
        flowOfSlot = Arrays.copyOf(flowOfSlot, length);
        free = new int[length];
        for (int slot = length - 1; slot >= old; slot--) {
            free[freeCount++] = slot;
        }
    }
}
