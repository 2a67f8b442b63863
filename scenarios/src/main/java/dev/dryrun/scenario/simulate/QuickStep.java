// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.compile.StepCompiler;
import java.util.OptionalDouble;

/// The time of a step alone, folded, for searches that try many.
public final class QuickStep {
    private QuickStep() {}

    /// Seconds; empty where the step never ends.
    ///
    /// @param plan what the compiler made, with every rank
    public static OptionalDouble seconds(StepCompiler compiler, StepPlan plan) {
        StepOutcome first = StepExecutor.execute(Fold.of(plan));
        StepOutcome outcome = compiler.compileOverlappingSteps()
                .map(two -> first.addedBy(StepExecutor.execute(Fold.of(two))))
                .orElse(first);
        return outcome.deadlock().isPresent()
                ? OptionalDouble.empty()
                : OptionalDouble.of(SimTime.toSeconds(outcome.stepNanos()));
    }
}
