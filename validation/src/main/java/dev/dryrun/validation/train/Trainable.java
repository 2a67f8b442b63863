// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Reduction;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.pipeline.Pass;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What of a scenario the trainer cannot do, each told where the file says it.
public final class Trainable {
    private static final Set<Optimizer> OPTIMIZERS =
            EnumSet.of(Optimizer.ADAM, Optimizer.ADAMW, Optimizer.SGD, Optimizer.MOMENTUM);
    private static final Set<Module> MODULES = EnumSet.of(Module.CORE_ATTENTION, Module.MLP);
    private static final int MOST_RANKS = 64;

    private final Complaints complaints;

    private Trainable(Complaints complaints) {
        this.complaints = complaints;
    }

    /// Does nothing where a job can be trained.
    ///
    /// @throws InvalidInputException with everything that cannot
    public static void require(TrainingJob job, Path scenario) {
        var problems = new Problems();
        var complaints = new Complaints(Document.read(scenario, new Problems()), problems);
        new TrainableModel(complaints).check(job.model());
        var trainable = new Trainable(complaints);
        trainable.check(job.training());
        trainable.check(job.strategy(), job);
        problems.throwIfAny();
    }

    private void check(Training training) {
        Precision precision = training.precision();
        if (precision != Precision.FP32 && precision != Precision.BF16) {
            complaints.add("training", "precision", precision, "does not train in it", "fp32 or bf16");
        }
        if (precision == Precision.BF16 && !training.numerics().masterWeights()) {
            complaints.add("training", "master_weights", "false", "keeps fp32 weights beside those in bf16", "true");
        }
        if (training.numerics().lossScaling()) {
            complaints.add("training", "loss_scaling", "true", "does not train in fp16", "false");
        }
        if (!OPTIMIZERS.contains(training.optimizer())) {
            complaints.add(
                    "training", "optimizer", training.optimizer(), "does not do that", "adamw, adam, momentum or sgd");
        }
        if (training.reduction() == Reduction.EACH_MICRO_BATCH) {
            complaints.add("training", "reduce", training.reduction(), "does not do that", "last-micro-batch");
        }
        if (training.localSteps().isLocal()) {
            complaints.add("training", "local_steps", training.localSteps().steps(), "does not do that", "1");
        }
        if (training.interludes().evaluationsPerStep() > 0) {
            complaints.add("training", "evaluation", "given", "does not do that", "leaving it out");
        }
        if (training.packing().packs()) {
            complaints.add("training", "packing", "given", "does not do that", "leaving it out");
        }
        if (training.adapters().freeze()) {
            complaints.add("training", "lora", "given", "does not do that", "leaving it out");
        }
    }

    private void check(ParallelStrategy strategy, TrainingJob job) {
        if (strategy.context() > 1) {
            complaints.add("strategy", "context", strategy.context(), "does not do that", "1");
        }
        if (strategy.dealsOutExperts()) {
            complaints.add("strategy", "expert", strategy.grid().expert(), "does not do that", "1");
        }
        if (strategy.isHybrid()) {
            complaints.add("strategy", "sharding", "hybrid", "does not do that", "a group of all replicas");
        }
        boolean experts = TrainableModel.hasExperts(job.model());
        if (strategy.sharding() == Sharding.PARAMETERS && experts) {
            complaints.add("strategy", "sharding", strategy.sharding(), "does not do that with experts", "optimizer");
        }
        if (strategy.sharding().sharesGradients() && job.training().keepsGradientsWhole()) {
            complaints.add("training", "reduce", "last-micro-batch", "does not do that with this sharding", "usual");
        }
        if (!strategy.offload().isNone()) {
            complaints.add("strategy", "offload", "given", "does not do that", "leaving it out");
        }
        if (strategy.ranks() > MOST_RANKS) {
            complaints.add(
                    "strategy", "data", strategy.ranks() + " ranks", "makes each a process", "at most " + MOST_RANKS);
        }
        schedule(strategy, job);
        recompute(strategy);
    }

    private void schedule(ParallelStrategy strategy, TrainingJob job) {
        PipelineSchedule schedule = PipelineSchedules.byName(strategy.schedule());
        if (schedule == null) {
            return;
        }
        int[] order = schedule.order(0, strategy.stages(), strategy.chunks(), job.microBatches());
        for (int pass : order) {
            Pass.Direction direction = Pass.direction(pass);
            if (direction == Pass.Direction.INPUT_GRADIENT || direction == Pass.Direction.WEIGHT_GRADIENT) {
                complaints.add(
                        "strategy/pipeline",
                        "schedule",
                        strategy.schedule(),
                        "does not split backward passes, as this one does",
                        "1f1b");
                return;
            }
        }
    }

    private void recompute(ParallelStrategy strategy) {
        List<Module> modules = strategy.recompute().modules();
        if (strategy.recompute().kind() == Recompute.SELECTIVE && !MODULES.containsAll(modules)) {
            complaints.add(
                    "strategy",
                    "recompute",
                    strategy.recompute().words(),
                    "computes core-attention and mlp again, no other modules",
                    "selective");
        }
    }
}
