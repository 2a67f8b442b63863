// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.Optional;

/// What came of a step.
///
/// @param stepNanos time until the last member was done
/// @param exposedNanos wall time of each member by category: every instant counts once, and they add up to the step
/// @param busyNanos time of each member by category, including what ran hidden beside something else
/// @param criticalNanos the longest chain of instructions that ends the step, by category; adds up to the step
/// @param deadlock who waits for whom, if the step never ends
/// @param events events that the engine fired
public record StepOutcome(
        long stepNanos,
        long[][] exposedNanos,
        long[][] busyNanos,
        long[] criticalNanos,
        Optional<Deadlock> deadlock,
        long events) {
    /// What steps that were executed one after the other add to this one, their first: the last of two where stages
    /// begin it before all have ended the first. Sums over categories stay those of the step.
    public StepOutcome addedBy(StepOutcome together) {
        long[][] exposed = new long[exposedNanos.length][];
        long[][] busy = new long[busyNanos.length][];
        for (int member = 0; member < exposed.length; member++) {
            exposed[member] = difference(together.exposedNanos[member], exposedNanos[member]);
            busy[member] = difference(together.busyNanos[member], busyNanos[member]);
        }
        return new StepOutcome(
                together.stepNanos - stepNanos,
                exposed,
                busy,
                difference(together.criticalNanos, criticalNanos),
                deadlock.or(together::deadlock),
                events + together.events);
    }

    private static long[] difference(long[] of, long[] without) {
        long[] difference = new long[of.length];
        for (int i = 0; i < of.length; i++) {
            difference[i] = of[i] - without[i];
        }
        return difference;
    }
}
