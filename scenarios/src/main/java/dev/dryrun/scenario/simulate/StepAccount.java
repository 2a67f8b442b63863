// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.FlopConvention;
import dev.dryrun.strategy.model.StepFlops;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Turns what the executor measured into the figures of a result.
final class StepAccount {
    private static final double SECONDS_PER_DAY = 86_400;

    private final Scenario scenario;
    private final TrainingJob job;
    private final StepSimulation.Options options;
    private final StepPlan plan;
    private final StepOutcome outcome;
    private final MemoryUse memory;
    private final double stepSeconds;

    StepAccount(
            Scenario scenario, StepSimulation.Options options, StepPlan plan, StepOutcome outcome, MemoryUse memory) {
        this.scenario = scenario;
        this.job = scenario.job();
        this.options = options;
        this.plan = plan;
        this.outcome = outcome;
        this.memory = memory;
        stepSeconds = SimTime.toSeconds(outcome.stepNanos());
    }

    StepResult result() {
        double tokensPerSecond = job.training().tokensPerStep() / stepSeconds;
        return new StepResult(
                job.name(),
                job.strategy().ranks(),
                stepSeconds,
                tokensPerSecond,
                flopRates(),
                meanSeconds(outcome.exposedNanos()),
                meanSeconds(outcome.busyNanos()),
                seconds(outcome.criticalNanos()),
                Optional.of(memory),
                PlacementWarnings.of(job),
                scenario.assumed(),
                List.of(),
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
        double gpuSeconds = stepSeconds * job.strategy().ranks();
        return new StepResult.FlopRates(
                flops.model(batch) / gpuSeconds,
                flops.hardware(batch, job.strategy().recompute()) / gpuSeconds,
                job.accelerator().peakFlopsPerSecond(job.training().precision()),
                frameworkRate(job.stack(), tensor, sequence, batch, gpuSeconds));
    }

    private OptionalDouble frameworkRate(Stack stack, int tensor, long sequence, long batch, double gpuSeconds) {
        FlopConvention convention = FlopConvention.byLabel(stack.flopConvention());
        if (convention == null) {
            return OptionalDouble.empty();
        }
        double flops = convention.flopsPerStep(job.model(), job.model().paddedVocabulary(tensor), sequence, batch);
        return OptionalDouble.of(flops / gpuSeconds / 1e12);
    }

    /// Mean over ranks of each category, in the order of the categories.
    private Map<String, Double> meanSeconds(long[][] nanosByMember) {
        List<String> names = plan.tables().categories().names();
        Map<String, Double> mean = new LinkedHashMap<>();
        for (int c = 0; c < names.size(); c++) {
            double sum = 0;
            for (int member = 0; member < plan.members(); member++) {
                sum += (double) nanosByMember[member][c] * plan.ranksOf()[member];
            }
            mean.put(names.get(c), sum / plan.ranks() / 1e9);
        }
        return mean;
    }

    private Map<String, Double> seconds(long[] nanos) {
        List<String> names = plan.tables().categories().names();
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (int c = 0; c < names.size(); c++) {
            seconds.put(names.get(c), SimTime.toSeconds(nanos[c]));
        }
        return seconds;
    }

    private List<String> uncalibrated() {
        Accelerator accelerator = job.accelerator();
        return switch (accelerator.calibration()) {
            case Calibration.Fitted ignored -> List.of();
            case Calibration.Inherited(String from, String what) ->
                List.of("accelerator " + accelerator.name() + ": " + what + " taken over from " + from);
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
