// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.scenario.simulate.StageMemories;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.MemoryModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether strategies of a job fit in memory, by the simulator's own account of it.
public final class MemoryCheck {
    /// The strategy that needed least of those that do not fit.
    ///
    /// @param bytes that it needs at least
    /// @param capacityBytes that there are
    public record Closest(ParallelStrategy strategy, double bytes, double capacityBytes) {}

    private final TrainingJob job;
    private @Nullable Closest closest;

    MemoryCheck(TrainingJob job) {
        this.job = job;
    }

    /// Whether the strategy fits with a margin. What weights, gradients and optimizer alone overfill is not compiled.
    boolean fits(ParallelStrategy strategy) {
        double capacity = job.accelerator().usableMemoryBytes();
        double states = statesBytes(strategy);
        if (states > capacity) {
            note(new Closest(strategy, states, capacity));
            return false;
        }
        MemoryUse use = of(strategy);
        boolean fits = use.verdict() == MemoryUse.Verdict.FITS;
        if (!fits) {
            note(new Closest(strategy, use.fullest().deviceBytes(), capacity));
        }
        return fits;
    }

    /// Memory of the strategy's stages.
    MemoryUse of(ParallelStrategy strategy) {
        TrainingJob with = with(strategy);
        return StageMemories.of(with, new StepCompiler(with, Detail.CHUNK).compile());
    }

    Optional<Closest> closest() {
        return Optional.ofNullable(closest);
    }

    private void note(Closest miss) {
        if (closest == null || miss.bytes() < closest.bytes()) {
            closest = miss;
        }
    }

    private double statesBytes(ParallelStrategy strategy) {
        MemoryModel model = MemoryModel.of(with(strategy));
        return Math.max(
                model.states(0).total(), model.states(strategy.stages() - 1).total());
    }

    private TrainingJob with(ParallelStrategy strategy) {
        return job.with(job.cluster(), strategy);
    }
}
