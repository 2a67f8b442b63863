// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.model.StepFlops;
import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Time of a step from what a source published: a time, or a rate of tokens, sequences or FLOPs. The unit column tells
/// which; words in it after the unit tell what is counted.
public final class StepTime {
    private static final Pattern TIME = Pattern.compile("(s|sec|seconds|ms|milliseconds|min)(/(iter|step)\\w*)?\\b.*");
    private static final Pattern RATE = Pattern.compile("(tokens|samples|sequences)/s(/gpu)?\\b.*");
    private static final Pattern FLOPS = Pattern.compile("([tp])flops?/s(/gpu)?\\b(.*)");

    private static final Pattern NOT_CAUSAL = Pattern.compile("no[tn].?causal");

    private StepTime() {}

    /// Seconds of a step; empty where the unit is not known.
    ///
    /// @param assumed takes what had to be assumed about the meaning of a rate
    public static OptionalDouble seconds(MeasuredRun run, JobSketch sketch, List<String> assumed) {
        String unit = run.text(Column.UNIT).toLowerCase(Locale.ROOT).strip();
        double value = run.number(Column.VALUE).orElseThrow();
        double gpus = sketch.strategy().ranks();
        Matcher time = TIME.matcher(unit);
        if (time.matches()) {
            return OptionalDouble.of(value * secondsOf(time.group(1)));
        }
        Matcher rate = RATE.matcher(unit);
        if (rate.matches()) {
            boolean tokens = rate.group(1).equals("tokens");
            double perStep = tokens
                    ? sketch.training().tokensPerStep()
                    : sketch.training().globalBatch();
            return OptionalDouble.of(perStep / (value * (rate.group(2) == null ? 1 : gpus)));
        }
        Matcher flops = FLOPS.matcher(unit);
        if (flops.matches()) {
            double prefix = flops.group(1).equals("t") ? 1e12 : 1e15;
            double perSecond = value * prefix * (flops.group(2) == null ? 1 : gpus);
            boolean hardware = countsRecomputation(
                    flops.group(3), sketch.strategy().recompute().kind(), assumed);
            AttentionCount count =
                    NOT_CAUSAL.matcher(flops.group(3)).find() || !flops.group(3).contains("causal")
                            ? AttentionCount.FULL_SQUARE
                            : AttentionCount.CAUSAL;
            return OptionalDouble.of(flopsPerStep(sketch, hardware, count) / perSecond);
        }
        return OptionalDouble.empty();
    }

    private static double secondsOf(String unit) {
        return switch (unit) {
            case "ms", "milliseconds" -> 1e-3;
            case "min" -> 60;
            default -> 1;
        };
    }

    /// FLOPs of a step of all GPUs. Unless the unit says that attention is counted causally, every query-key pair
    /// counts, masked or not, as most sources of the table have it.
    private static double flopsPerStep(JobSketch sketch, boolean hardware, AttentionCount count) {
        var flops = new StepFlops(
                sketch.model(),
                sketch.model().embedding().vocabulary(),
                sketch.training().sequenceLength(),
                count);
        long batch = sketch.training().globalBatch();
        ParallelStrategy strategy = sketch.strategy();
        return hardware
                ? flops.hardware(
                        batch,
                        strategy.layers(sketch.model().order()),
                        strategy.recompute().ofPrediction())
                : flops.model(batch);
    }

    private static boolean countsRecomputation(String words, Recompute recompute, List<String> assumed) {
        if (words.contains("attention count")) {
            assumed.add("attention counted in full, not causal (unstated)");
        }
        if (words.contains("hardware-flops") || words.contains("model-flops")) {
            return words.contains("hardware-flops");
        }
        boolean full = recompute == Recompute.FULL;
        assumed.add("rate of " + (full ? "hardware" : "model") + " FLOPs (by recomputation)");
        return full;
    }
}
