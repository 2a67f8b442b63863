// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import java.util.ArrayList;
import java.util.List;

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

    /// Which layers are computed again, and how many of them keep one input.
    private static void segments(Reading reading) {
        Option method = reading.find("--recompute-method", "--checkpoint-method");
        Option count = reading.find("--recompute-num-layers", "--checkpoint-num-layers");
        Long layers = count == null ? Long.valueOf(1) : reading.number(count, 0, 10_000);
        boolean block = method != null && method.text().equals("block");
        if (count == null || layers == null) {
            return;
        }
        if (block && layers == 0) {
            reading.set(KEY, "none", count);
        } else if (method != null && block && layers < layersOfChunk(reading)) {
            reading.set(KEY + ".method", "block", method);
            reading.set(KEY + ".layers", layers, count);
        } else if (!block && layers > 1 && sharesParameters(reading)) {
            count.notModelled("with shared parameters the input of every layer is kept");
        } else if (!block && layers > 1) {
            reading.set(KEY + ".layers", layers, count);
        }
    }

    private static boolean sharesParameters(Reading reading) {
        String sharding = reading.draftedText("strategy.sharding");
        return sharding != null && sharding.equals("parameters");
    }

    /// Layers of a chunk; those of the model where stages hold different numbers of them.
    private static long layersOfChunk(Reading reading) {
        long layers = reading.drafted("model.layers", Long.MAX_VALUE);
        if (reading.draftedText("strategy.pipeline.layers_per_stage") != null) {
            return layers;
        }
        long stages = reading.drafted("strategy.pipeline.stages", 1);
        long chunks = reading.drafted("strategy.pipeline.chunks", 1);
        return Math.ceilDiv(layers, Math.max(1, stages * chunks));
    }

    private static void modules(Reading reading) {
        Option modules = reading.find("--recompute-modules");
        Option mixture = reading.find("--moe-layer-recompute");
        String recompute = reading.draftedText(KEY);
        List<String> chosen = new ArrayList<>();
        if (modules != null && !reading.isUnknown(modules)) {
            if (recompute != null && recompute.equals("selective")) {
                chosen.addAll(named(modules));
            } else {
                modules.free("counts only with selective recomputation");
            }
        }
        if (mixture != null && recompute != null && recompute.equals("full")) {
            mixture.free("all of a layer is recomputed");
        } else if (mixture != null) {
            if (recompute == null || recompute.equals("none")) {
                reading.set(KEY, "selective", mixture);
            } else if (chosen.isEmpty()) {
                chosen.add("core-attention");
            }
            chosen.add("moe");
            mixture.modelled(KEY + ".modules");
        }
        Option from = mixture == null ? modules : mixture;
        if (from != null && !chosen.isEmpty() && !chosen.equals(List.of("core-attention"))) {
            reading.set(KEY + ".modules", chosen.stream().distinct().toList(), from);
        }
    }

    private static List<String> named(Option modules) {
        List<String> known = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String word : modules.text().split("[ ,]+", -1)) {
            switch (word) {
                case "core_attn" -> known.add("core-attention");
                case "layernorm", "mlp", "moe" -> known.add(word);
                case "moe_act" -> known.add("moe-activation");
                case "shared_experts" -> known.add("shared-experts");
                case "mla_up_proj" -> known.add("latent-up-projection");
                default -> others.add(word);
            }
        }
        if (!others.isEmpty()) {
            modules.notModelled(Reading.shortened(String.join(", ", others)) + " cannot be computed again by itself");
        }
        return known;
    }
}
