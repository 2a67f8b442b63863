// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.scenario.evidence.EvidenceBase;
import dev.dryrun.scenario.evidence.JobFeatures;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.strategy.job.Equipment;
import dev.dryrun.strategy.job.PackedDocuments;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.FlopConvention;
import dev.dryrun.strategy.model.StepFlops;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/// Turns what the executor measured into the figures of a result.
final class StepAccount {
    private static final double SECONDS_PER_DAY = 86_400;

    private final Scenario scenario;
    private final TrainingJob job;
    private final StepSimulation.Options options;
    private final List<PlayedStep> steps;
    private final MemoryUse memory;
    private final double stepSeconds;

    /// @param steps the step of the training first, then what comes between such steps
    StepAccount(Scenario scenario, StepSimulation.Options options, List<PlayedStep> steps, MemoryUse memory) {
        this.scenario = scenario;
        this.job = scenario.job();
        this.options = options;
        this.steps = List.copyOf(steps);
        this.memory = memory;
        stepSeconds = steps.stream().mapToDouble(PlayedStep::seconds).sum();
    }

    StepResult result() {
        double tokensPerSecond = job.training().tokensPerStep() / stepSeconds;
        return new StepResult(
                job.name(),
                job.strategy().ranks(),
                stepSeconds,
                tokensPerSecond,
                flopRates(),
                named(PlayedStep::exposedSeconds),
                named(PlayedStep::busySeconds),
                named(PlayedStep::criticalSeconds),
                Optional.of(memory),
                PlacementWarnings.of(job),
                scenario.assumed(),
                EvidenceBase.builtIn().of(JobFeatures.of(job, scenario.assumed()), stepSeconds),
                uncalibrated(),
                training(tokensPerSecond),
                new StepResult.Provenance(
                        options.version(),
                        scenario.catalogSha256(),
                        options.seed(),
                        options.grain(),
                        scenario.resolved()));
    }

    private StepResult.FlopRates flopRates() {
        StepFlops.AttentionCount executed = switch (job.stack().attention()) {
            case MATERIALISED -> StepFlops.AttentionCount.FULL_SQUARE;
            case FLASH -> StepFlops.AttentionCount.CAUSAL;
        };
        int tensor = job.strategy().tensor();
        long sequence = job.training().sequenceLength();
        long batch = job.training().globalBatch();
        var flops = StepFlops.padded(job.model(), tensor, sequence, executed);
        ParallelStrategy strategy = job.strategy();
        // Pairs of query and key that packed documents do not have.
        double spared = batch
                * flops.attentionCoresForward()
                * (1 - PackedDocuments.of(job).share());
        double gpuSeconds = stepSeconds * strategy.ranks();
        double hardware = flops.hardware(
                batch,
                strategy.layers(job.model().order()),
                strategy.recompute().ofPrediction());
        int passes = strategy.recompute().kind() == Recompute.NONE ? 3 : 4;
        return new StepResult.FlopRates(
                (flops.model(batch) - 3 * spared) / gpuSeconds,
                (hardware - passes * spared) / gpuSeconds,
                meanPeak(),
                frameworkRate(job.stack(), tensor, sequence, batch, gpuSeconds));
    }

    /// Over the ranks: each has the peak of its own accelerator.
    private double meanPeak() {
        Precision precision = job.training().precision();
        if (!job.cluster().isMixed()) {
            return job.accelerator().peakFlopsPerSecond(precision);
        }
        double sum = 0;
        for (int rank = 0; rank < job.strategy().ranks(); rank++) {
            sum += job.accelerator(rank).peakFlopsPerSecond(precision);
        }
        return sum / job.strategy().ranks();
    }

    private OptionalDouble frameworkRate(Stack stack, int tensor, long sequence, long batch, double gpuSeconds) {
        FlopConvention convention = FlopConvention.byLabel(stack.flopConvention());
        if (convention == null) {
            return OptionalDouble.empty();
        }
        double flops = convention.flopsPerStep(job.model(), job.model().paddedVocabulary(tensor), sequence, batch);
        return OptionalDouble.of(flops / gpuSeconds / 1e12);
    }

    /// Seconds by name, in the order of the categories.
    private Map<String, Double> named(Function<PlayedStep, double[]> ofStep) {
        double[] seconds = PlayedStep.sum(steps.stream().map(ofStep).toList());
        List<String> names = steps.getFirst().plan().tables().categories().names();
        Map<String, Double> named = new LinkedHashMap<>();
        for (int c = 0; c < seconds.length; c++) {
            named.put(names.get(c), seconds[c]);
        }
        return named;
    }

    private List<String> uncalibrated() {
        return job.equipment().stream()
                .map(Equipment::accelerator)
                .distinct()
                .flatMap(StepAccount::uncalibrated)
                .toList();
    }

    private static Stream<String> uncalibrated(Accelerator accelerator) {
        return switch (accelerator.calibration()) {
            case Calibration.Fitted ignored -> Stream.of();
            case Calibration.Inherited(String from, String what) ->
                Stream.of("accelerator " + accelerator.name() + ": " + what + " taken over from " + from);
            case Calibration.Sheet(String from, String what) ->
                Stream.of("accelerator " + accelerator.name() + ", data sheet only: " + what + " taken over from "
                        + from);
        };
    }

    private Optional<StepResult.TrainingTime> training(double tokensPerSecond) {
        OptionalDouble tokens = job.training().tokens();
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        double seconds = tokens.getAsDouble() / tokensPerSecond;
        return Optional.of(new StepResult.TrainingTime(
                seconds / SECONDS_PER_DAY, seconds / 3600 * job.strategy().ranks()));
    }
}
