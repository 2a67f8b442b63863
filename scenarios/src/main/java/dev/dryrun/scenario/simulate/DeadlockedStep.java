// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.sim.program.Deadlock;

/// The answer that a step never ends; its message says who waits for whom.
public final class DeadlockedStep extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DeadlockedStep(Deadlock deadlock) {
        super(deadlock.toString());
    }
}
