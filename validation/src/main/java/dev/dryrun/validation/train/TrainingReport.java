// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What came of a training.
///
/// @param order what was asked for
/// @param ranks processes
/// @param parameters of the model, counted once
/// @param tokensPerStep of the global batch
/// @param steps in their order, those of the warm-up too
/// @param kernels of each rank
/// @param memory of each rank
/// @param spans of each rank's quickest step
/// @param machine what it ran on: processor, cores, operating system
/// @param versions of libtorch and of its bindings, of Java
public record TrainingReport(
        TrainingOrder order,
        int ranks,
        long parameters,
        double tokensPerStep,
        List<TrainedStep> steps,
        List<KernelTime> kernels,
        List<RankMemory> memory,
        List<TrainedSpan> spans,
        SortedMap<String, String> machine,
        SortedMap<String, String> versions) {
    public TrainingReport {
        steps = List.copyOf(steps);
        kernels = List.copyOf(kernels);
        memory = List.copyOf(memory);
        spans = List.copyOf(spans);
        machine = new TreeMap<>(machine);
        versions = new TreeMap<>(versions);
    }

    /// Time of a step at a quantile of the steps that count, between two of them by their distance.
    public double stepSeconds(double quantile) {
        double[] seconds = steps.stream()
                .skip(order.warmUp())
                .mapToDouble(TrainedStep::seconds)
                .sorted()
                .toArray();
        double place = quantile * (seconds.length - 1);
        int below = (int) place;
        double above = seconds[Math.min(below + 1, seconds.length - 1)];
        return seconds[below] + (place - below) * (above - seconds[below]);
    }

    /// Mean of the fifth of the steps that took the least time: of those that nothing else on the machine delayed.
    public double quietStepSeconds() {
        double[] seconds = steps.stream()
                .skip(order.warmUp())
                .mapToDouble(TrainedStep::seconds)
                .sorted()
                .toArray();
        return Arrays.stream(seconds, 0, Math.ceilDiv(seconds.length, 5))
                .average()
                .orElseThrow();
    }

    /// At the median step.
    public double tokensPerSecond() {
        return tokensPerStep / stepSeconds(0.5);
    }

    public double firstLoss() {
        return steps.getFirst().loss();
    }

    /// Mean of the last steps, a tenth of all but at least one.
    public double lastLoss() {
        int count = Math.max(1, steps.size() / 10);
        return steps.subList(steps.size() - count, steps.size()).stream()
                .mapToDouble(TrainedStep::loss)
                .average()
                .orElseThrow();
    }

    /// Of the fullest rank.
    public long peakBytes() {
        return Arrays.stream(memory.stream().mapToLong(RankMemory::peakBytes).toArray())
                .max()
                .orElse(0);
    }
}
