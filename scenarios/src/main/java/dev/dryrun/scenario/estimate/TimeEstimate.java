// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.strategy.estimate.TrainingFlops;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How long a training takes and what it costs.
///
/// @param speed of a GPU
/// @param tokensPerSecondPerGpu that the speed makes
/// @param mfu 6 P D over the peak, where the accelerator is known
/// @param palmMfu the same with PaLM's count
/// @param gpuDays days of one GPU
/// @param gpus that train, or that are needed
/// @param gpusNeeded whether the number follows from a deadline
/// @param days of all GPUs together
/// @param costUsd of all GPU hours
public record TimeEstimate(
        Speed speed,
        double tokensPerSecondPerGpu,
        OptionalDouble mfu,
        OptionalDouble palmMfu,
        double gpuDays,
        OptionalLong gpus,
        boolean gpusNeeded,
        OptionalDouble days,
        OptionalDouble costUsd) {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final int HOURS_PER_DAY = 24;

    static TimeEstimate of(EstimateRequest request, ComputeEstimate compute, Speed speed) {
        EstimateRequest.Training asked = request.training();
        TrainingFlops training = compute.training();
        double tokensPerSecond = speed.rate().tokensPerSecond(training.perToken());
        double gpuDays = speed.rate().gpuSeconds(training.total()) / SECONDS_PER_DAY;
        OptionalDouble peak = request.accelerator()
                .map(accelerator -> OptionalDouble.of(accelerator.peakFlopsPerSecond(
                        request.setup().states().format().products())))
                .orElse(OptionalDouble.empty());
        boolean needed = asked.deadlineDays().isPresent();
        OptionalLong gpus = needed
                ? OptionalLong.of(
                        (long) Math.ceil(gpuDays / asked.deadlineDays().getAsDouble()))
                : asked.gpus();
        return new TimeEstimate(
                speed,
                tokensPerSecond,
                share(OptionalDouble.of(training.perToken()), tokensPerSecond, peak),
                share(compute.palmPerToken(), tokensPerSecond, peak),
                gpuDays,
                gpus,
                needed,
                gpus.isPresent() ? OptionalDouble.of(gpuDays / gpus.getAsLong()) : OptionalDouble.empty(),
                asked.usdPerGpuHour().isPresent()
                        ? OptionalDouble.of(
                                gpuDays * HOURS_PER_DAY * asked.usdPerGpuHour().getAsDouble())
                        : OptionalDouble.empty());
    }

    public double gpuHours() {
        return gpuDays * HOURS_PER_DAY;
    }

    private static OptionalDouble share(OptionalDouble flopsPerToken, double tokensPerSecond, OptionalDouble peak) {
        return flopsPerToken.isPresent() && peak.isPresent()
                ? OptionalDouble.of(flopsPerToken.getAsDouble() * tokensPerSecond / peak.getAsDouble())
                : OptionalDouble.empty();
    }
}
