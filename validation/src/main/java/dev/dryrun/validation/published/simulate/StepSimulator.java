// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.simulate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.StageMemory;
import dev.dryrun.validation.published.ablate.Ablation;
import dev.dryrun.validation.published.mapping.CatalogModels;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Predictor;
import dev.dryrun.validation.published.measure.Scoring;
import java.util.List;

/// The step simulation with the project's catalog, as something that is judged.
public final class StepSimulator implements Predictor {
    private final Catalog catalog;
    private final CatalogJobs jobs;
    private final Ablation ablation;

    /// @param catalog where machines, stacks and sites come from
    public StepSimulator(Catalog catalog) {
        this(catalog, new CatalogJobs(catalog), Ablation.NONE);
    }

    private StepSimulator(Catalog catalog, CatalogJobs jobs, Ablation ablation) {
        this.catalog = catalog;
        this.jobs = jobs;
        this.ablation = ablation;
    }

    /// The same without some of the model's mechanisms.
    public StepSimulator without(Ablation mechanisms) {
        return new StepSimulator(catalog, jobs, mechanisms);
    }

    /// The same simulator with other values in some entries of its catalog.
    ///
    /// @throws dev.dryrun.hardware.catalog.InvalidInputException where an entry does not take its value
    public StepSimulator with(CatalogChanges changes) {
        return new StepSimulator(catalog, jobs.with(catalog, changes), ablation);
    }

    /// What the network between the nodes of a job delivers where nothing is known of the site.
    public NetworkClass network(JobSketch sketch) {
        return jobs.network(sketch);
    }

    /// The accelerator that a job runs on.
    public Accelerator acceleratorOf(JobSketch sketch) {
        return jobs.acceleratorOf(sketch);
    }

    /// Name of the accelerator that a job runs on.
    public String accelerator(JobSketch sketch) {
        return jobs.accelerator(sketch);
    }

    /// A scoring of rows by this simulator.
    public Scoring scoring() {
        return new Scoring(mapping(), this);
    }

    /// Makes jobs of rows with the catalog's names.
    public RunMapping mapping() {
        return new RunMapping(jobs.names(), jobs.models());
    }

    /// The catalog's models.
    public CatalogModels models() {
        return jobs.models();
    }

    /// A node as the catalog has it.
    public NodeType node(String name) {
        return jobs.node(name);
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
            return predict(ablation.applyTo(jobs.job(sketch)));
        } catch (IllegalArgumentException refusal) {
            throw new Unpredictable(String.valueOf(refusal.getMessage()));
        }
    }

    @Override
    public JobSketch settle(JobSketch sketch, List<String> assumed) {
        try {
            return new OpenSettings(jobs).settle(sketch, assumed);
        } catch (IllegalArgumentException refusal) {
            throw new Unpredictable(String.valueOf(refusal.getMessage()));
        }
    }

    private Prediction predict(TrainingJob job) {
        StepPlan plan = new StepCompiler(job, Detail.CHUNK, ablation.transfers()).compile();
        StepPlan folded = Fold.of(plan);
        StepOutcome outcome = StepExecutor.execute(folded);
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
        return new Prediction(
                SimTime.toSeconds(outcome.stepNanos()),
                allocated,
                reserved,
                device,
                fits,
                List.of(),
                MeanBreakdown.seconds(folded, outcome));
    }
}
