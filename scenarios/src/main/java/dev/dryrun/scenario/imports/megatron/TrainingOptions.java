// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import org.jspecify.annotations.Nullable;

/// The block `training`: batch, length, precision, optimizer, and how long the whole training is.
final class TrainingOptions {
    private static final long LARGEST = 1L << 30;
    private static final long MOST_TOKENS = 1_000_000_000_000_000_000L;

    private final Reading reading;

    private TrainingOptions(Reading reading) {
        this.reading = reading;
    }

    static void read(Reading reading) {
        new TrainingOptions(reading).read();
    }

    private void read() {
        Long length = reading.copy("training.sequence_length", 1, 1L << 27, "--seq-length", "--encoder-seq-length");
        if (!reading.has("--seq-length", "--encoder-seq-length")) {
            reading.leaveOpen("training.sequence_length", "the launch has no --seq-length; --sequence-length N");
        }
        batch();
        precision();
        optimizer();
        offload();
        tokens(length);
    }

    /// Without `--global-batch-size` a step takes one micro-batch on each replica.
    private void batch() {
        if (reading.has("--global-batch-size")) {
            reading.copy("training.global_batch", 1, LARGEST, "--global-batch-size");
            return;
        }
        long micro = reading.drafted("strategy.micro_batch", 0);
        long replicas = reading.drafted("strategy.data", 0);
        if (micro > 0 && replicas > 0) {
            String why = "micro-batch x replicas, " + micro + " x " + replicas + ", without --global-batch-size";
            reading.assume("training.global_batch", micro * replicas, why);
        } else {
            reading.leaveOpen(
                    "training.global_batch",
                    "the launch has no --global-batch-size, and the number of replicas is not known; --global-batch N");
        }
    }

    private void precision() {
        Option fp8 = reading.find("--fp8-format", "--fp8-hybrid", "--fp8-e4m3");
        Option fp4 = reading.find("--fp4-format");
        Option half = reading.find("--bf16", "--fp16");
        if (fp4 != null) {
            reading.set("training.precision", "fp4", fp4);
        } else if (fp8 != null) {
            reading.set("training.precision", "fp8", fp8);
            scaling();
        } else if (half != null) {
            reading.set("training.precision", half.name().substring(2), half);
        } else {
            reading.assume("training.precision", "fp32", "neither --bf16 nor --fp16");
        }
    }

    private void scaling() {
        Option recipe = reading.find("--fp8-recipe");
        if (recipe == null || reading.isUnknown(recipe)) {
            return;
        }
        switch (recipe.text()) {
            case "delayed" -> recipe.free("scaled by the maxima of steps before");
            case "tensorwise" -> reading.set("training.scaling", "current", recipe);
            case "blockwise" -> reading.set("training.scaling", "block", recipe);
            case "mxfp8" -> reading.set("training.scaling", "mx", recipe);
            default -> recipe.notModelled("this way of scaling is unknown; that of steps before is simulated");
        }
    }

    /// The state of the optimizer on the host, which updates it.
    private void offload() {
        Option offload = reading.find("--optimizer-cpu-offload", "--cpu-optimizer");
        if (offload == null) {
            return;
        }
        reading.set("strategy.offload.optimizer", "host", offload);
        reading.leaveOpen(
                "strategy.offload.host_update_bandwidth",
                "the launch does not say how fast the host updates: its memory bandwidth for each GPU");
        Option share = reading.find("--optimizer-offload-fraction");
        if (share != null && share.text().matches("1(\\.0*)?")) {
            share.free("all of it");
        }
    }

    private void optimizer() {
        Option optimizer = reading.find("--optimizer");
        if (optimizer == null || reading.isUnknown(optimizer)) {
            return;
        }
        switch (optimizer.text()) {
            case "adam" -> reading.set("training.optimizer", "adam", optimizer);
            case "sgd" -> {
                Option momentum = reading.find("--sgd-momentum");
                boolean plain = momentum != null && momentum.text().matches("0*\\.?0+");
                reading.set("training.optimizer", plain ? "sgd" : "momentum", optimizer);
            }
            case "lion" -> reading.set("training.optimizer", "lion", optimizer);
            case "muon", "dist_muon" -> reading.set("training.optimizer", "muon", optimizer);
            default -> optimizer.notModelled("Adam is simulated in its place");
        }
    }

    private void tokens(@Nullable Long length) {
        Option tokens = reading.find("--train-tokens");
        Option samples = reading.find("--train-samples");
        Option iterations = reading.find("--train-iters");
        if (tokens != null) {
            put(tokens, reading.number(tokens, 1, MOST_TOKENS), 1);
        }
        if (samples != null) {
            if (tokens == null) {
                put(samples, reading.number(samples, 1, MOST_TOKENS), length);
            } else {
                samples.free("the number of tokens counts");
            }
        }
        if (iterations != null) {
            if (tokens == null && samples == null) {
                long batch = reading.drafted("training.global_batch", 0);
                Long each = length == null || batch == 0 ? null : Long.valueOf(length * batch);
                put(iterations, reading.number(iterations, 1, MOST_TOKENS), each);
            } else {
                iterations.free("the number of tokens or samples counts");
            }
        }
    }

    private void put(Option option, @Nullable Long count, @Nullable Number each) {
        if (count == null) {
            return;
        }
        if (each == null) {
            option.notModelled("tokens follow from it only with a batch and a length");
            return;
        }
        double tokens = (double) count * each.longValue();
        if (tokens < MOST_TOKENS) {
            String remark = option.name() + (each.longValue() == 1 ? "" : " x " + each + " tokens");
            reading.set("training.tokens", count * each.longValue(), option, remark);
        }
    }
}
