// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import org.jspecify.annotations.Nullable;

/// Experts of a model: `model.experts`.
final class ExpertOptions {
    private static final int MOST = 1 << 16;
    private static final int WIDEST = 1 << 24;

    private ExpertOptions() {}

    static void read(Reading reading) {
        Option experts = reading.find("--num-experts");
        if (experts == null || experts.text().equals("1") || experts.text().equals("0")) {
            return;
        }
        Long count = experts.values().size() > 1 ? null : reading.copy("model.experts.count", 2, MOST, experts.name());
        if (count == null) {
            if (experts.values().size() > 1) {
                experts.notModelled("layers with different numbers of experts; none is written");
            }
            return;
        }
        boolean deepspeed = reading.has("--deepspeed");
        active(reading, deepspeed);
        width(reading);
        reading.copy("model.experts.shared_ffn_hidden", 1, WIDEST, "--moe-shared-expert-intermediate-size");
        layers(reading, deepspeed);
    }

    private static void active(Reading reading, boolean deepspeed) {
        if (reading.has("--moe-router-topk", "--topk")) {
            reading.copy("model.experts.active", 1, MOST, "--moe-router-topk", "--topk");
        } else if (deepspeed) {
            reading.assume("model.experts.active", 1L, "--topk is 1 unless given");
        } else {
            reading.assume("model.experts.active", 2L, "--moe-router-topk is 2 unless given");
        }
    }

    private static void width(Reading reading) {
        if (reading.has("--moe-ffn-hidden-size")) {
            reading.copy("model.experts.ffn_hidden", 1, WIDEST, "--moe-ffn-hidden-size");
            return;
        }
        long width = reading.drafted("model.ffn_hidden", 4 * reading.drafted("model.hidden", 0));
        if (width > 0) {
            reading.assume("model.experts.ffn_hidden", width, "that of the dense MLP unless --moe-ffn-hidden-size");
        }
    }

    private static void layers(Reading reading, boolean deepspeed) {
        Option often = reading.find("--moe-layer-freq", "--expert-interval");
        if (often == null) {
            if (deepspeed) {
                reading.assume("model.experts.every", 2L, "--expert-interval is 2 unless given");
            }
            return;
        }
        if (reading.isUnknown(often)) {
            return;
        }
        if (often.text().matches("[0-9]{1,4}")) {
            reading.copy("model.experts.every", 1, MOST, often.name());
            return;
        }
        Long dense = denseLayersFirst(LayerPattern.parse(often.text()));
        if (dense == null) {
            often.notModelled("a pattern other than dense layers first and expert layers behind them");
        } else if (dense > 0) {
            reading.set("model.experts.dense_layers", dense, often);
        }
    }

    /// How many zeros come before nothing but ones; null where the pattern is another one.
    private static @Nullable Long denseLayersFirst(@Nullable String pattern) {
        if (pattern == null || !pattern.matches("0*1+")) {
            return null;
        }
        return (long) pattern.indexOf('1');
    }
}
