// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.flow;

import dev.dryrun.sim.engine.Engine;
import dev.dryrun.sim.sharing.Phase;
import dev.dryrun.sim.sharing.SharedResources;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// Plays the flows of a plan on shared resources.
///
/// Costs two updates of rates for each flow, and one byte of memory; an event only where its latency ends at an instant
/// of its own.
public final class FlowRun {
    private static final int ADVANCE = -1;
    private static final int LATENCY_ENDS = -2;

    private final FlowPlan plan;
    private final Engine engine = new Engine(this::fire);
    private final SharedResources resources;
    private final FlowProgress progress;
    private final Waiting waiting = new Waiting();
    private final IntConsumer begin = this::begin;
    /// The flow that each activity under way is.
    private int[] flowOf = new int[64];

    private FlowRun(FlowPlan plan, double[] capacityPerSecond) {
        this.plan = plan;
        resources = new SharedResources(engine, ADVANCE, capacityPerSecond, this::finished);
        progress = new FlowProgress(plan);
    }

    /// When the last flow ends.
    ///
    /// @throws IllegalArgumentException where flows wait for each other in a circle
    public static long endNanos(FlowPlan plan, double[] capacityPerSecond) {
        return new FlowRun(plan, capacityPerSecond).run();
    }

    private long run() {
        progress.begin(begin);
        long end = engine.run();
        if (progress.left() > 0) {
            throw new IllegalArgumentException(progress.left() + " of " + plan.flows()
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
        progress.end(flowOf[activity], begin);
    }
}
