// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import org.jspecify.annotations.Nullable;

/// Which activations are computed again.
final class RecomputeOptions {
    private static final String KEY = "strategy.recompute";

    private RecomputeOptions() {}

    static void read(Reading reading) {
        Option granularity = reading.find("--recompute-granularity", "--checkpoint-granularity");
        Option old = reading.find("--checkpoint-activations");
        Option selective = reading.find("--recompute-activations");
        Option deepspeed = reading.find("--deepspeed-activation-checkpointing");
        if (deepspeed != null) {
            deepspeed.free("who recomputes; --checkpoint-activations says what");
        }
        if (granularity != null && !reading.isUnknown(granularity)) {
            byGranularity(reading, granularity);
        } else if (selective != null) {
            reading.set(KEY, "selective", selective);
        } else if (old != null) {
            reading.set(KEY, "full", old);
            segments(reading);
        } else {
            unused(reading, "nothing is recomputed");
        }
        modules(reading);
    }

    private static void byGranularity(Reading reading, Option granularity) {
        switch (granularity.text()) {
            case "selective" -> {
                reading.set(KEY, "selective", granularity);
                unused(reading, "counts only with full recomputation");
            }
            case "full" -> {
                reading.set(KEY, "full", granularity);
                segments(reading);
            }
            default ->
                reading.problem(
                        granularity,
                        "\"" + Reading.shortened(granularity.text()) + "\"",
                        "must be full or selective",
                        "");
        }
    }

    private static void unused(Reading reading, String why) {
        for (String name : new String[] {
            "--recompute-method", "--checkpoint-method", "--recompute-num-layers", "--checkpoint-num-layers"
        }) {
            Option option = reading.find(name);
            if (option != null) {
                option.free(why);
            }
        }
    }

    /// Full recomputation of every layer by itself is what is simulated; blocks of layers and a part of the layers
    /// keep other amounts.
    private static void segments(Reading reading) {
        Option method = reading.find("--recompute-method", "--checkpoint-method");
        Option count = reading.find("--recompute-num-layers", "--checkpoint-num-layers");
        Long layers = count == null ? Long.valueOf(1) : reading.number(count, 0, 10_000);
        boolean block = method != null && method.text().equals("block");
        if (count == null || layers == null) {
            return;
        }
        long ofChunk = layersOfChunk(reading);
        if (block && layers == 0) {
            reading.set(KEY, "none", count);
        } else if (block && ofChunk > 0 && layers < ofChunk) {
            count.notModelled("all " + ofChunk + " layers of a chunk are recomputed, not " + layers + " of them");
        } else if (!block && layers > 1) {
            count.notModelled("the input of every layer is kept, not of every " + layers + "th");
        }
    }

    private static long layersOfChunk(Reading reading) {
        long stages = reading.drafted("strategy.pipeline.stages", 1);
        long chunks = reading.drafted("strategy.pipeline.chunks", 1);
        return reading.drafted("model.layers", 0) / Math.max(1, stages * chunks);
    }

    private static void modules(Reading reading) {
        Option modules = reading.find("--recompute-modules");
        if (modules == null) {
            return;
        }
        @Nullable String recompute = reading.draftedText(KEY);
        if (recompute == null || !recompute.equals("selective")) {
            modules.free("counts only with selective recomputation");
        } else if (!modules.text().equals("core_attn")) {
            modules.notModelled("selective recomputation is that of the attention core");
        }
    }
}
