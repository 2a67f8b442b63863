// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.fit;

import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.scenario.simulate.QuickStep;
import dev.dryrun.scenario.simulate.StageMemories;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.MemoryModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Tries variants of a job: memory first, time only of what fits. What was tried is counted, and only so much is.
final class Trials {
    /// Compilations that a search may cost.
    private static final int MOST = 48;

    private final TrainingJob job;
    private final Variant unchanged;
    private final Feasible feasible;
    private final FitSearch.Progress progress;
    private int made;

    Trials(TrainingJob job, FitSearch.Progress progress) {
        this.job = job;
        this.progress = progress;
        unchanged = Variant.of(job);
        feasible = new Feasible(job);
    }

    boolean areUsedUp() {
        return made >= MOST;
    }

    /// What comes of changes made one after the other; empty where that cannot run or does not fit.
    Optional<MemoryUse.Remedy> of(List<Change> changes) {
        Variant variant = unchanged;
        for (Change change : changes) {
            variant = change.of(variant);
        }
        if (areUsedUp() || variant.equals(unchanged) || !feasible.is(variant)) {
            return Optional.empty();
        }
        try {
            return of(variant, variant.of(job, unchanged));
        } catch (IllegalArgumentException cannotRun) {
            // What parts of a job refuse to be combined says each of them; such a variant is none.
            return Optional.empty();
        }
    }

    private Optional<MemoryUse.Remedy> of(Variant variant, TrainingJob changed) {
        if (overfull(changed, 0) || overfull(changed, changed.strategy().stages() - 1)) {
            return Optional.empty();
        }
        progress.tried(++made);
        var compiler = new StepCompiler(changed, Detail.CHUNK);
        StepPlan plan = compiler.compile();
        MemoryUse memory = StageMemories.of(changed, plan);
        if (memory.verdict() == MemoryUse.Verdict.DOES_NOT_FIT) {
            return Optional.empty();
        }
        OptionalDouble seconds = QuickStep.seconds(compiler, plan);
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(new MemoryUse.Remedy(
                        Differences.between(unchanged, variant),
                        changed.strategy().ranks(),
                        seconds.getAsDouble(),
                        memory.fullest().deviceBytes()));
    }

    /// Whether a lower bound of a stage's memory that costs nothing does not fit.
    private static boolean overfull(TrainingJob job, int stage) {
        return MemoryModel.of(job).states(stage).total() > job.usableMemoryBytes(stage);
    }
}
