// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.flow;

import dev.dryrun.sim.sharing.Phase;

/// Flows numbered from 0, each of which begins when the flows it waits for have ended.
///
/// A plan computes its answers from the numbers where it can, so that millions of flows take no memory.
public interface FlowPlan {
    int flows();

    /// Latency, bytes and links of a flow. Flows that are alike share one object.
    Phase phase(int flow);

    /// How many flows it waits for.
    int predecessors(int flow);

    /// How many flows wait for it.
    int successors(int flow);

    /// The flow that waits for it, at a position among those.
    int successor(int flow, int position);
}
