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
        long events) {}
