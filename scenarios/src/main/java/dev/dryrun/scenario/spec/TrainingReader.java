// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.strategy.job.Interludes;
import dev.dryrun.strategy.job.LocalSteps;
import dev.dryrun.strategy.job.Numerics;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Reduction;
import dev.dryrun.strategy.job.Routing;
import dev.dryrun.strategy.job.Scaling;
import dev.dryrun.strategy.job.Training;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// Reads the block `training`.
final class TrainingReader {
    static final long LONGEST_SEQUENCE = 1L << 32;
    static final long LARGEST_BATCH = 1L << 30;
    private static final int MOST_STEPS = 1 << 24;
    private static final double MOST_SPREAD = 10;
    private static final double MOST_CAPACITY = 1000;
    private static final double MOST_TOKENS = 1e18;

    private TrainingReader() {}

    static Training read(Entry entry) {
        Precision precision = entry.choice("precision", Precision.class);
        var training = new Training(
                        entry.integer("sequence_length", 1, LONGEST_SEQUENCE),
                        entry.integer("global_batch", 1, LARGEST_BATCH),
                        precision,
                        entry.choice("optimizer", Optimizer.class, Optimizer.ADAM),
                        entry.has("tokens")
                                ? OptionalDouble.of(entry.number("tokens", 1, MOST_TOKENS))
                                : OptionalDouble.empty())
                .with(precision, numerics(entry, precision));
        training = training.with(training.optimizer(), entry.flag("fused_optimizer", true))
                .with(entry.choice("reduce", Reduction.class, Reduction.USUAL), localSteps(entry))
                .with(interludes(entry))
                .with(routing(entry))
                .with(LoraBlock.read(entry))
                .with(PackingBlock.read(entry));
        entry.rejectUnknownKeys();
        return training;
    }

    private static Numerics numerics(Entry entry, Precision precision) {
        Scaling scaling = entry.choice("scaling", Scaling.class, Scaling.usual(precision));
        boolean sound = entry.isSound("scaling", "precision");
        if (sound && entry.has("scaling") && !(precision.isCast() && scaling.scales(precision))) {
            String format = Entry.kebab(precision);
            entry.problem(
                    "scaling",
                    entry.shown("scaling"),
                    precision.isCast()
                            ? "is not a way to scale " + format
                            : "is a matter of fp8 and fp4, and training.precision is " + format,
                    precision == Precision.FP4 ? "nvfp4" : "no scaling, or precision fp8");
        }
        boolean master = entry.flag("master_weights", true);
        if (!master && entry.isSound("precision") && !precision.isMixed()) {
            entry.problem(
                    "master_weights",
                    "false",
                    "needs weights in 16 bits, and those of " + Entry.kebab(precision) + " are in 32",
                    "true, or precision bf16");
        }
        boolean lossScaling = entry.flag("loss_scaling", false);
        return new Numerics(scaling, master, lossScaling, reductionBytes(entry));
    }

    private static LocalSteps localSteps(Entry entry) {
        if (!entry.has("local_steps")) {
            return LocalSteps.NONE;
        }
        Entry block = entry.optionalChild("local_steps");
        var steps = new LocalSteps((int) block.integer("steps", 2, MOST_STEPS), block.flag("outer_momentum", true));
        block.rejectUnknownKeys();
        return steps;
    }

    private static Routing routing(Entry entry) {
        Entry block = entry.optionalChild("routing");
        var routing =
                new Routing(block.number("spread", 0, MOST_SPREAD, 0), block.number("capacity", 0, MOST_CAPACITY, 0));
        block.rejectUnknownKeys();
        return routing;
    }

    private static Interludes interludes(Entry entry) {
        Entry loading = entry.optionalChild("data_loading");
        boolean loads = entry.has("data_loading");
        double seconds = loads ? loading.quantity("time", Unit.SECONDS) : 0;
        boolean each = loads && loading.choice("every", Every.class, Every.STEP) == Every.MICRO_BATCH;
        loading.rejectUnknownKeys();
        Entry evaluation = entry.optionalChild("evaluation");
        boolean evaluates = entry.has("evaluation");
        int every = evaluates ? (int) evaluation.integer("every", 1, MOST_STEPS) : 0;
        int steps = evaluates ? (int) evaluation.integer("steps", 1, MOST_STEPS) : 0;
        evaluation.rejectUnknownKeys();
        return new Interludes(Math.max(0, seconds), each, every, steps);
    }

    /// How often data is waited for.
    private enum Every {
        STEP,
        MICRO_BATCH
    }

    private static Map<String, Object> plain(LocalSteps local) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("steps", local.steps());
        plain.put("outer_momentum", local.outerMomentum());
        return plain;
    }

    private static void putInterludes(Map<String, Object> plain, Interludes interludes) {
        if (interludes.loadingSeconds() > 0) {
            Map<String, Object> loading = new LinkedHashMap<>();
            loading.put("time", interludes.loadingSeconds() + " s");
            loading.put("every", interludes.loadsEachMicroBatch() ? "micro-batch" : "step");
            plain.put("data_loading", loading);
        }
        if (interludes.evaluateEvery() > 0) {
            Map<String, Object> evaluation = new LinkedHashMap<>();
            evaluation.put("every", interludes.evaluateEvery());
            evaluation.put("steps", interludes.evaluationSteps());
            plain.put("evaluation", evaluation);
        }
    }

    private static int reductionBytes(Entry entry) {
        return switch (entry.choice("reduce_in", ReduceIn.class, ReduceIn.AS_ACCUMULATED)) {
            case AS_ACCUMULATED -> 0;
            case BF16 -> 2;
            case FP32 -> 4;
        };
    }

    /// Format in which gradients are reduced.
    private enum ReduceIn {
        AS_ACCUMULATED,
        BF16,
        FP32
    }

    /// The block with everything filled in, as plain values.
    static Map<String, Object> plain(Training training) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("sequence_length", training.sequenceLength());
        plain.put("global_batch", training.globalBatch());
        plain.put("precision", Entry.kebab(training.precision()));
        plain.put("optimizer", Entry.kebab(training.optimizer()));
        plain.put("fused_optimizer", training.fusedOptimizer());
        if (training.precision().isCast()) {
            plain.put("scaling", Entry.kebab(training.numerics().scaling()));
        }
        plain.put("master_weights", training.numerics().masterWeights());
        plain.put("loss_scaling", training.numerics().lossScaling());
        plain.put(
                "reduce_in",
                switch (training.numerics().reductionBytes()) {
                    case 2 -> "bf16";
                    case 4 -> "fp32";
                    default -> "as-accumulated";
                });
        plain.put("reduce", Entry.kebab(training.reduction()));
        if (training.localSteps().isLocal()) {
            plain.put("local_steps", plain(training.localSteps()));
        }
        if (!training.routing().equals(Routing.EVEN)) {
            plain.put(
                    "routing",
                    Map.of(
                            "spread", training.routing().spread(),
                            "capacity", training.routing().capacity()));
        }
        if (training.adapters().freeze()) {
            plain.put("lora", LoraBlock.plain(training.adapters()));
        }
        if (training.packing().packs()) {
            plain.put("packing", PackingBlock.plain(training.packing()));
        }
        putInterludes(plain, training.interludes());
        training.tokens().ifPresent(tokens -> plain.put("tokens", tokens));
        return plain;
    }
}
