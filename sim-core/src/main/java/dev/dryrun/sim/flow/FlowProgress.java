// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.flow;

import java.util.function.IntConsumer;

/// How far the flows of a plan are: which may begin, and how many have ended. A byte for each flow.
public final class FlowProgress {
    private static final int MOST_PREDECESSORS = 127;

    private final FlowPlan plan;
    private final byte[] waitsFor;
    private int ended;

    public FlowProgress(FlowPlan plan) {
        this.plan = plan;
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

    public FlowPlan plan() {
        return plan;
    }

    /// Hands on the flows that wait for no other.
    public void begin(IntConsumer ready) {
        for (int flow = 0; flow < waitsFor.length; flow++) {
            if (waitsFor[flow] == 0) {
                ready.accept(flow);
            }
        }
    }

    /// Notes that a flow has ended and hands on those that waited for it last.
    public void end(int flow, IntConsumer ready) {
        ended++;
        int successors = plan.successors(flow);
        for (int position = 0; position < successors; position++) {
            int next = plan.successor(flow, position);
            if (--waitsFor[next] == 0) {
                ready.accept(next);
            }
        }
    }

    /// Flows that have not ended.
    public int left() {
        return waitsFor.length - ended;
    }
}
