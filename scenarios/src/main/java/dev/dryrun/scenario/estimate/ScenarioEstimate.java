// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.strategy.estimate.ComputeOptimal;
import dev.dryrun.strategy.estimate.GpuRate;
import dev.dryrun.strategy.estimate.ModelCut;
import dev.dryrun.strategy.estimate.ModelFigures;
import dev.dryrun.strategy.estimate.TrainingFlops;
import dev.dryrun.strategy.estimate.TrainingFormat;
import dev.dryrun.strategy.estimate.TrainingStates;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The estimate of a scenario, whose speed is that of its simulated step.
public final class ScenarioEstimate {
    private static final List<String> SAID_BY_SCENARIO =
            List.of(EstimateReader.MODEL, "--parameters", "--flops", "--gpus", "--days", "--accelerator");

    private final WrittenOptions options;

    public ScenarioEstimate(WrittenOptions options) {
        this.options = options;
    }

    /// Reports options that the scenario contradicts or makes idle.
    ///
    /// @throws InvalidInputException with everything that is wrong
    public void check() {
        for (List<String> names :
                List.of(SAID_BY_SCENARIO, SpeedReader.OPTIONS, SetupReader.LAYOUT, SetupReader.OPTIONS)) {
            for (String name : names) {
                if (options.has(name)) {
                    options.problem(name, "the scenario says that", "change it in the scenario");
                }
            }
        }
        EstimateReader.givenTokens(options);
        EstimateReader.price(options);
        EstimateReader.serving(options);
        options.problems().throwIfAny();
    }

    /// What to estimate of a scenario whose step has been simulated.
    public EstimateRequest request(Scenario scenario, StepResult step) {
        TrainingJob job = scenario.job();
        ModelFigures model = ModelFigures.of(job.model());
        List<String> assumed = new ArrayList<>(step.assumed());
        OptionalDouble given = EstimateReader.givenTokens(options);
        OptionalDouble tokens = given.isPresent() ? given : job.training().tokens();
        if (tokens.isEmpty()) {
            assumed.add("20 tokens a parameter, since none are given (--tokens)");
            tokens = OptionalDouble.of(
                    ComputeOptimal.forParameters(model.parameters()).tokens());
        }
        if (job.cluster().isMixed()) {
            assumed.add("memory and peak of " + job.accelerator().name() + ", those of the first part of the cluster");
        }
        double flopsPerToken = new TrainingFlops(model.activeParameters(), 1).perToken();
        var speed = new Speed(
                Speed.Kind.SIMULATED,
                GpuRate.tokens(step.tokensPerSecond(), step.gpus(), flopsPerToken),
                "simulated: a step of " + job.name());
        var training = new EstimateRequest.Training(
                tokens.getAsDouble(),
                OptionalDouble.empty(),
                Optional.of(speed),
                OptionalLong.of(step.gpus()),
                OptionalDouble.empty(),
                EstimateReader.price(options));
        return new EstimateRequest(
                model, training, setup(job), Optional.of(job.accelerator()), EstimateReader.serving(options), assumed);
    }

    private static EstimateRequest.Setup setup(TrainingJob job) {
        ParallelStrategy strategy = job.strategy();
        var precision = job.training().precision();
        int gradientBytes = job.stack().gradients().format().bytes(precision);
        var states =
                new TrainingStates(TrainingFormat.of(precision), job.training().optimizer(), gradientBytes == 4);
        return new EstimateRequest.Setup(
                states,
                new ModelCut(strategy.tensor(), strategy.stages(), strategy.sequenceParallel()),
                strategy.data(),
                job.training().sequenceLength(),
                strategy.microBatch(),
                strategy.recompute().kind(),
                job.stack().attention());
    }
}
