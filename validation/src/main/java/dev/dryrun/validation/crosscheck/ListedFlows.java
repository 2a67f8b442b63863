// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.crosscheck;

import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.flow.FlowRun;
import dev.dryrun.sim.sharing.Phase;
import java.util.ArrayList;
import java.util.List;

/// Flows written down one by one, each behind some before it.
final class ListedFlows implements FlowPlan {
    /// That a flow waits for nothing.
    static final int NOTHING = -1;

    private final List<Phase> phases = new ArrayList<>();
    private final List<List<Integer>> successors = new ArrayList<>();
    private final List<Integer> predecessors = new ArrayList<>();

    /// Adds a flow that begins when others have ended.
    ///
    /// @param after numbers of flows, or [#NOTHING]
    /// @return its number
    int add(Phase phase, int... after) {
        int flow = phases.size();
        phases.add(phase);
        successors.add(new ArrayList<>());
        int waits = 0;
        for (int before : after) {
            if (before != NOTHING) {
                successors.get(before).add(flow);
                waits++;
            }
        }
        predecessors.add(waits);
        return flow;
    }

    /// Seconds until the last flow ends.
    double seconds(SharedGpu gpu) {
        return FlowRun.endNanos(this, gpu.capacityPerSecond()) * 1e-9;
    }

    @Override
    public int flows() {
        return phases.size();
    }

    @Override
    public Phase phase(int flow) {
        return phases.get(flow);
    }

    @Override
    public int predecessors(int flow) {
        return predecessors.get(flow);
    }

    @Override
    public int successors(int flow) {
        return successors.get(flow).size();
    }

    @Override
    public int successor(int flow, int position) {
        return successors.get(flow).get(position);
    }
}
