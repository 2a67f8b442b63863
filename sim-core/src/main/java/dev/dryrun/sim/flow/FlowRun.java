// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.flow;

import dev.dryrun.sim.engine.Engine;
import dev.dryrun.sim.sharing.Phase;
import dev.dryrun.sim.sharing.SharedResources;
import java.util.Arrays;

/// Plays the flows of a plan on shared resources.
///
/// Costs two updates of rates for each flow, and one byte of memory; an event only where its latency ends at an instant
/// of its own.
public final class FlowRun {
    private static final int ADVANCE = -1;
    private static final int LATENCY_ENDS = -2;
    private static final int MOST_PREDECESSORS = 127;

    private final FlowPlan plan;
    private final Engine engine = new Engine(this::fire);
    private final SharedResources resources;
    private final byte[] waitsFor;
    private final Waiting waiting = new Waiting();
    /// The flow that each activity under way is.
    private int[] flowOf = new int[64];
    private int ended;

    private FlowRun(FlowPlan plan, double[] capacityPerSecond) {
        this.plan = plan;
        resources = new SharedResources(engine, ADVANCE, capacityPerSecond, this::finished);
        waitsFor = new byte[plan.flows()];
        for (int flow = 0; flow < waitsFor.length; flow++) {
            int predecessors = plan.predecessors(flow);
            if (predecessors > MOST_PREDECESSORS) {
                throw new IllegalArgumentException("flow " + flow + " waits for " + predecessors + " others; at most "
                        + MOST_PREDECESSORS + " are possible");
            }
            waitsFor[flow] = (byte) predecessors;
        }
    }

    /// When the last flow ends.
    ///
    /// @throws IllegalArgumentException where flows wait for each other in a circle
    public static long endNanos(FlowPlan plan, double[] capacityPerSecond) {
        return new FlowRun(plan, capacityPerSecond).run();
    }

    private long run() {
        for (int flow = 0; flow < waitsFor.length; flow++) {
            if (waitsFor[flow] == 0) {
                begin(flow);
            }
        }
        long end = engine.run();
        if (ended < waitsFor.length) {
            throw new IllegalArgumentException((waitsFor.length - ended) + " of " + waitsFor.length
                    + " flows never end: they wait for each other, or a link they need has no capacity");
        }
        return end;
    }

    private void begin(int flow) {
        long latencyNanos = plan.phase(flow).latencyNanos();
        long atNanos = engine.nowNanos() + latencyNanos;
        if (latencyNanos == 0) {
            start(flow);
        } else if (!waiting.takes(atNanos)) {
            engine.schedule(latencyNanos, flow);
        } else {
            if (!waiting.endsAt(atNanos)) {
                engine.schedule(latencyNanos, LATENCY_ENDS);
            }
            waiting.add(flow, atNanos);
        }
    }

    private void start(int flow) {
        Phase phase = plan.phase(flow);
        int activity = resources.start(phase);
        if (activity >= flowOf.length) {
            flowOf = Arrays.copyOf(flowOf, Math.max(activity + 1, 2 * flowOf.length));
        }
        flowOf[activity] = flow;
    }

    private void fire(int event, long nowNanos) {
        if (event == ADVANCE) {
            resources.advance(nowNanos);
        } else if (event == LATENCY_ENDS) {
            while (waiting.isDue(nowNanos)) {
                start(waiting.removeFirst());
            }
        } else {
            start(event);
        }
    }

    private void finished(int activity, long nowNanos) {
        int flow = flowOf[activity];
        ended++;
        for (int position = 0; position < plan.successors(flow); position++) {
            int next = plan.successor(flow, position);
            if (--waitsFor[next] == 0) {
                begin(next);
            }
        }
    }
}
