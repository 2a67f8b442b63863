// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.scenario.simulate.QuickStep;
import dev.dryrun.scenario.simulate.StageMemories;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.job.TrainingJob;

/// A job as it was simulated once.
///
/// @param job with its own layers and micro-batches
/// @param stepSeconds time of a step; infinite where it never ends
/// @param memory of its stages
public record Trial(TrainingJob job, double stepSeconds, MemoryUse memory) {
    static Trial of(TrainingJob job) {
        var compiler = new StepCompiler(job, Detail.CHUNK);
        StepPlan plan = compiler.compile();
        return new Trial(
                job, QuickStep.seconds(compiler, plan).orElse(Double.POSITIVE_INFINITY), StageMemories.of(job, plan));
    }

    /// Memory alone, without the time of a step.
    static MemoryUse memoryOf(TrainingJob job) {
        return StageMemories.of(job, new StepCompiler(job, Detail.CHUNK).compile());
    }

    boolean fits() {
        return memory.verdict() != MemoryUse.Verdict.DOES_NOT_FIT;
    }

    /// Whether it is the better one: what fits before what does not, then what is quicker.
    boolean isBetterThan(Trial other) {
        return fits() == other.fits() ? stepSeconds < other.stepSeconds : fits();
    }
}
