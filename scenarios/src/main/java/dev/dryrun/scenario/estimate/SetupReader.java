// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.estimate.ModelCut;
import dev.dryrun.strategy.estimate.ModelFigures;
import dev.dryrun.strategy.estimate.TrainingFormat;
import dev.dryrun.strategy.estimate.TrainingStates;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads how a model is trained: formats, layout, batch. What is left open is the usual, and said.
final class SetupReader {
    static final List<String> LAYOUT = List.of("--tensor", "--pipeline", "--data", "--sequence-parallel");
    static final List<String> OPTIONS = List.of(
            "--precision",
            "--optimizer",
            "--fp32-gradients",
            "--sequence-length",
            "--micro-batch",
            "--recompute",
            "--attention");

    private static final int MOST_RANKS = 1 << 20;
    private static final long LONGEST_SEQUENCE = 1L << 27;
    private static final long LARGEST_BATCH = 1L << 30;
    private static final long USUAL_SEQUENCE = 4096;

    private final WrittenOptions options;
    private final List<String> assumed;

    SetupReader(WrittenOptions options, List<String> assumed) {
        this.options = options;
        this.assumed = assumed;
    }

    /// bf16, or fp16 where the accelerator knows no bf16, unless another is asked for.
    TrainingFormat format(@Nullable Accelerator accelerator) {
        TrainingFormat usual =
                accelerator == null || accelerator.supports(Precision.BF16) ? TrainingFormat.BF16 : TrainingFormat.FP16;
        TrainingFormat format = options.choice("--precision", TrainingFormat.class, usual);
        if (accelerator != null && !accelerator.supports(format.products())) {
            List<String> known = accelerator.peakFlopsPerSecond().keySet().stream()
                    .sorted()
                    .map(Entry::kebab)
                    .toList();
            options.problem(
                    "--precision",
                    accelerator.name() + " multiplies no such matrices",
                    "one of " + String.join(", ", known));
            return usual;
        }
        if (!options.has("--precision")) {
            assumed.add("training in " + Entry.kebab(usual) + " (--precision)");
        }
        return format;
    }

    Recompute recompute() {
        return options.choice("--recompute", Recompute.class, Recompute.NONE);
    }

    OptionalLong gpus() {
        return options.has("--gpus")
                ? OptionalLong.of(options.whole("--gpus", MOST_RANKS, 1))
                : options.hasAny(LAYOUT)
                        ? OptionalLong.of(cut().ranks() * data(OptionalLong.empty()))
                        : OptionalLong.empty();
    }

    EstimateRequest.Setup read(TrainingFormat format, @Nullable ModelFigures model, OptionalLong gpus) {
        ModelCut cut = cut();
        String problem = model == null ? null : cut.problemWith(model);
        if (problem != null) {
            options.problem(problem.startsWith("tensor") ? "--tensor" : "--pipeline", problem, "");
        }
        var states = new TrainingStates(
                format,
                options.choice("--optimizer", Optimizer.class, Optimizer.ADAM),
                options.has("--fp32-gradients"));
        return new EstimateRequest.Setup(
                states,
                cut,
                data(gpus),
                sequenceLength(model),
                options.whole("--micro-batch", LARGEST_BATCH, 1),
                recompute(),
                attention());
    }

    private Stack.Attention attention() {
        if (!options.has("--attention")) {
            assumed.add("flash attention (--attention)");
        }
        return options.choice("--attention", Stack.Attention.class, Stack.Attention.FLASH);
    }

    private long sequenceLength(@Nullable ModelFigures model) {
        if (options.has("--sequence-length")) {
            return options.whole("--sequence-length", LONGEST_SEQUENCE, 1);
        }
        boolean learned = model != null && model.positions() > 0;
        long usual = model != null && learned ? model.positions() : USUAL_SEQUENCE;
        assumed.add("sequences of " + usual + " tokens" + (learned ? ", the model's positions" : "")
                + " (--sequence-length)");
        return usual;
    }

    private ModelCut cut() {
        int tensor = (int) options.whole("--tensor", MOST_RANKS, 1);
        int stages = (int) options.whole("--pipeline", 1 << 12, 1);
        boolean sequenceParallel = options.has("--sequence-parallel");
        if (sequenceParallel && tensor == 1) {
            options.problem("--sequence-parallel", "needs a tensor group", "--tensor N beside it");
            sequenceParallel = false;
        }
        return new ModelCut(tensor, stages, sequenceParallel);
    }

    /// Replicas: as written, or what the GPUs leave.
    private int data(OptionalLong gpus) {
        long replica = cut().ranks();
        if (gpus.isEmpty() || !options.has("--gpus")) {
            return (int) options.whole("--data", MOST_RANKS, 1);
        }
        long all = gpus.getAsLong();
        if (options.has("--data")) {
            long data = options.whole("--data", MOST_RANKS, 1);
            if (data * replica != all) {
                options.problem(
                        "--gpus", "tensor x pipeline x data makes " + data * replica, Long.toString(data * replica));
            }
            return (int) data;
        }
        if (all % replica != 0) {
            options.problem(
                    "--gpus",
                    "must be a multiple of tensor x pipeline = " + replica,
                    Long.toString(Math.max(1, all / replica) * replica));
            return 1;
        }
        return (int) (all / replica);
    }
}
