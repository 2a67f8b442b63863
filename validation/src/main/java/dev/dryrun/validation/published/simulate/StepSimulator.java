// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.simulate;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.StageMemory;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Predictor;
import dev.dryrun.validation.published.measure.Scoring;
import java.util.List;

/// The step simulation with the project's catalog, as something that is judged.
public final class StepSimulator implements Predictor {
    private final CatalogJobs jobs;

    /// @param catalog where machines, stacks and sites come from
    public StepSimulator(Catalog catalog) {
        jobs = new CatalogJobs(catalog);
    }

    /// A scoring of rows by this simulator.
    public Scoring scoring() {
        return new Scoring(new RunMapping(jobs.names(), jobs.models()), this);
    }

    /// The job of a sketch.
    ///
    /// @throws IllegalArgumentException where its parts do not go together
    public TrainingJob job(JobSketch sketch) {
        return jobs.job(sketch);
    }

    @Override
    public Prediction predict(JobSketch sketch) {
        try {
            return predict(jobs.job(sketch));
        } catch (IllegalArgumentException refusal) {
            throw new Unpredictable(String.valueOf(refusal.getMessage()));
        }
    }

    private static Prediction predict(TrainingJob job) {
        StepPlan plan = new StepCompiler(job, Detail.CHUNK).compile();
        StepOutcome outcome = StepExecutor.execute(Fold.of(plan));
        outcome.deadlock().ifPresent(deadlock -> {
            throw new Unpredictable("deadlock");
        });
        double allocated = 0;
        double reserved = 0;
        double device = 0;
        for (StageMemory memory : StageMemory.of(job, plan)) {
            allocated = Math.max(allocated, memory.allocatedBytes());
            reserved = Math.max(reserved, memory.reservedBytes());
            device = Math.max(device, memory.deviceBytes());
        }
        boolean fits = device <= job.accelerator().usableMemoryBytes();
        return new Prediction(SimTime.toSeconds(outcome.stepNanos()), allocated, reserved, device, fits, List.of());
    }
}
