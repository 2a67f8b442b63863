// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import dev.dryrun.sim.engine.Engine;
import dev.dryrun.sim.engine.EventTarget;
import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.sharing.Phase;
import dev.dryrun.sim.sharing.SharedResources;
import dev.dryrun.sim.trace.SpanObserver;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Executes a step: lets hosts issue, streams run in order, groups meet and their activities share the resources.
///
/// An instruction begins when its stream is free, its host has issued it and the instruction it waits for is done. A
/// call then waits for the other members of its group; its activity runs once for all of them. While it runs it slows
/// the blocks of its members; blocks never slow it.
public final class StepExecutor implements EventTarget, SharedResources.Completion {
    private static final int RESOURCES_EVENT = -1;
    /// Events from here on downwards are those of flows.
    private static final int FLOW_EVENTS = -2;

    /// In place of a flow's number where an activity is a whole transfer.
    private static final int WHOLE = -1;

    private final StepPlan plan;
    private final @Nullable SpanObserver observer;
    private final Lanes lanes;
    private final Hosts hosts;
    private final Meetings meetings;
    private final TimeLedger ledger;
    private final CriticalPath criticalPath;
    private final Engine engine;
    private final RunningBlocks blocks;
    private final SharedResources resources;
    private final PlayedFlows flows;
    private final int[] releaser;
    private int[] groupOfActivity = new int[64];
    private int[] flowOfActivity = new int[64];
    private long events;
    private long lastEndNanos;

    private StepExecutor(StepPlan plan, @Nullable SpanObserver observer) {
        this.plan = plan;
        this.observer = observer;
        lanes = new Lanes(plan);
        hosts = new Hosts(plan);
        meetings = new Meetings(plan);
        ledger = new TimeLedger(plan, lanes, hosts);
        criticalPath = new CriticalPath(plan, lanes);
        engine = new Engine(this);
        blocks = new RunningBlocks(plan, lanes, ledger, engine);
        resources = new SharedResources(engine, RESOURCES_EVENT, plan.capacityPerSecond(), this);
        flows = new PlayedFlows(engine, FLOW_EVENTS, plan.groups(), this::startFlow);
        releaser = new int[lanes.count()];
    }

    /// Runs a step to its end, or to the point where nothing can go on.
    public static StepOutcome execute(StepPlan plan) {
        return new StepExecutor(plan, null).run();
    }

    /// Runs a step while an observer looks on.
    public static StepOutcome execute(StepPlan plan, SpanObserver observer) {
        return new StepExecutor(plan, observer).run();
    }

    private StepOutcome run() {
        for (int member = 0; member < plan.members(); member++) {
            progress(member, 0);
            ledger.decide(member);
        }
        long lastEvent = engine.run();
        Optional<Deadlock> deadlock = new DeadlockReport(plan, lanes, hosts, meetings).at(lastEvent);
        long step = deadlock.isPresent() ? lastEvent : lastEndNanos;
        for (int member = 0; member < plan.members(); member++) {
            ledger.settle(member, step);
        }
        return new StepOutcome(step, ledger.exposed(), ledger.busy(), criticalPath.byCategory(), deadlock, events);
    }

    /// Events: a lane's number for its block's end or a second look at its head, a group's number above all lanes for
    /// the end of a latency, one for the shared resources, and below that those of flows.
    @Override
    public void fire(int event, long nowNanos) {
        events++;
        if (event == RESOURCES_EVENT) {
            resources.advance(nowNanos);
        } else if (event <= FLOW_EVENTS) {
            flows.fire(event);
        } else if (event >= lanes.count()) {
            beginWork(event - lanes.count(), nowNanos);
        } else {
            look(event, nowNanos);
        }
    }

    private void look(int lane, long nowNanos) {
        boolean ends = lanes.status[lane] == Lanes.RUNNING && lanes.endNanos[lane] == nowNanos;
        boolean wakes = lanes.status[lane] == Lanes.READY && lanes.wakeNanos[lane] == nowNanos;
        if (!ends && !wakes) {
            return;
        }
        int member = lanes.memberOf(lane);
        ledger.settle(member, nowNanos);
        if (ends) {
            endBlock(lane, member, nowNanos);
        }
        progress(member, nowNanos);
        ledger.decide(member);
    }

    private void endBlock(int lane, int member, long nowNanos) {
        Program program = plan.program(member);
        int instruction = lanes.head[lane];
        blocks.book(lane, member, nowNanos);
        ledger.ran(lane, plan.tables().block(program.operand[instruction]), lanes.startNanos[lane], nowNanos);
        ran(lane, member, instruction, nowNanos);
        lanes.advance(lane, program);
    }

    private void ran(int lane, int member, int instruction, long nowNanos) {
        criticalPath.ran(lane, instruction, releaser[lane], lanes.startNanos[lane], nowNanos);
        lastEndNanos = nowNanos;
        if (observer != null) {
            observer.ran(member, instruction, lanes.readyNanos[lane], lanes.startNanos[lane], nowNanos);
        }
    }

    /// Lets everything of a member begin that can, until nothing more does.
    private void progress(int member, long nowNanos) {
        Program program = plan.program(member);
        boolean moved = true;
        while (moved) {
            moved = resumeHost(member, program, nowNanos);
            for (int lane = member * lanes.streams; lane < (member + 1) * lanes.streams; lane++) {
                if (lanes.status[lane] == Lanes.READY) {
                    moved |= begin(lane, member, program, nowNanos);
                }
            }
        }
    }

    private boolean resumeHost(int member, Program program, long nowNanos) {
        int sync = hosts.nextSync(member);
        if (sync == program.size) {
            return false;
        }
        int awaited = program.after[sync];
        if (awaited != Program.NONE && !lanes.isDone(member, program, awaited)) {
            return false;
        }
        hosts.resume(member, program, nowNanos);
        return true;
    }

    /// Begins a lane's head if nothing holds it; returns whether the lane moved on past it at once.
    private boolean begin(int lane, int member, Program program, long nowNanos) {
        int head = lanes.head[lane];
        int awaited = program.after[head];
        if (hosts.isHeldBefore(member, head) || (awaited != Program.NONE && !lanes.isDone(member, program, awaited))) {
            return false;
        }
        long issueNanos = hosts.issueNanos(member, program, head);
        // A call is on the device once its host time has passed; a block's own host time is part of its path.
        long atDevice = program.opcode[head] == Program.CALL
                ? issueNanos + plan.tables().call(program.operand[head]).hostNanos()
                : issueNanos;
        if (atDevice > nowNanos) {
            if (lanes.wakeNanos[lane] != atDevice) {
                lanes.wakeNanos[lane] = atDevice;
                engine.schedule(atDevice - nowNanos, lane);
            }
            return false;
        }
        switch (program.opcode[head]) {
            case Program.BLOCK -> {
                noteReleaser(lane, member, program);
                blocks.begin(lane, member, program, issueNanos, nowNanos);
            }
            case Program.CALL -> arrive(lane, member, program, nowNanos);
            default -> {
                criticalPath.waited(
                        lane, awaited == Program.NONE ? -1 : member * lanes.streams + program.stream[awaited]);
                lanes.advance(lane, program);
                return true;
            }
        }
        return false;
    }

    private void noteReleaser(int lane, int member, Program program) {
        int awaited = program.after[lanes.head[lane]];
        int afterLane = awaited == Program.NONE ? -1 : member * lanes.streams + program.stream[awaited];
        releaser[lane] = criticalPath.releaserOf(lane, afterLane);
    }

    private void arrive(int lane, int member, Program program, long nowNanos) {
        Call call = plan.tables().call(program.operand[lanes.head[lane]]);
        int group = plan.groupOf()[member * plan.slots() + call.slot()];
        noteReleaser(lane, member, program);
        lanes.status[lane] = Lanes.MEETING;
        lanes.readyNanos[lane] = nowNanos;
        if (meetings.arrive(group, lane, call.transfer())) {
            beginActivity(group, releaser[lane], nowNanos);
        }
    }

    /// @param lastReleaser what released the member that arrived last, and with it everyone
    private void beginActivity(int group, int lastReleaser, long nowNanos) {
        for (int i = 0; i < meetings.arrivedCount(group); i++) {
            int lane = meetings.arrivedLane(group, i);
            int member = lanes.memberOf(lane);
            ledger.settle(member, nowNanos);
            blocks.bookAll(member, nowNanos);
            lanes.status[lane] = Lanes.COMMUNICATING;
            lanes.startNanos[lane] = nowNanos;
            releaser[lane] = lastReleaser;
            if (plan.call(lanes.memberOf(lane), lanes.head[lane]).slowdown() > 0) {
                blocks.respeedAll(member, nowNanos);
            }
            ledger.decide(member);
        }
        FlowPlan oneByOne = plan.transfers().flows(group, meetings.transfer(group));
        if (oneByOne == null) {
            meetings.begin(group);
            beginPhase(group, nowNanos);
        } else if (!flows.begin(group, oneByOne)) {
            endActivity(group, nowNanos);
        }
    }

    private void beginPhase(int group, long nowNanos) {
        Phase phase = meetings.due(group);
        if (phase == null) {
            endActivity(group, nowNanos);
        } else if (phase.latencyNanos() > 0) {
            engine.schedule(phase.latencyNanos(), lanes.count() + group);
        } else {
            beginWork(group, nowNanos);
        }
    }

    private void beginWork(int group, long nowNanos) {
        Phase phase = meetings.due(group);
        if (phase == null) {
            throw new IllegalStateException("group " + group + " has no phase to work on at " + nowNanos + " ns");
        }
        if (phase.work() == 0) {
            meetings.nextPhase(group);
            beginPhase(group, nowNanos);
            return;
        }
        start(phase, group, WHOLE);
    }

    private void startFlow(int group, int flow) {
        start(flows.phase(group, flow), group, flow);
    }

    private void start(Phase phase, int group, int flow) {
        int activity = resources.start(phase);
        if (activity >= groupOfActivity.length) {
            int length = Math.max(activity + 1, 2 * groupOfActivity.length);
            groupOfActivity = Arrays.copyOf(groupOfActivity, length);
            flowOfActivity = Arrays.copyOf(flowOfActivity, length);
        }
        groupOfActivity[activity] = group;
        flowOfActivity[activity] = flow;
    }

    @Override
    public void finished(int activity, long nowNanos) {
        int group = groupOfActivity[activity];
        if (flowOfActivity[activity] == WHOLE) {
            meetings.nextPhase(group);
            beginPhase(group, nowNanos);
        } else if (flows.end(group, flowOfActivity[activity])) {
            endActivity(group, nowNanos);
        }
    }

    private void endActivity(int group, long nowNanos) {
        int[] arrivals = meetings.arrivals(group);
        meetings.end(group);
        for (int lane : arrivals) {
            int member = lanes.memberOf(lane);
            Program program = plan.program(member);
            ledger.settle(member, nowNanos);
            blocks.bookAll(member, nowNanos);
            Call call = plan.call(lanes.memberOf(lane), lanes.head[lane]);
            ledger.communicated(member, call, nowNanos - lanes.startNanos[lane]);
            ran(lane, member, lanes.head[lane], nowNanos);
            lanes.advance(lane, program);
            if (call.slowdown() > 0) {
                blocks.respeedAll(member, nowNanos);
            }
        }
        for (int lane : arrivals) {
            int member = lanes.memberOf(lane);
            progress(member, nowNanos);
            ledger.decide(member);
        }
    }
}
