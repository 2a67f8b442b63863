// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import dev.dryrun.scenario.imports.NearestSimulated.Products;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;

/// Which of the blocks `fp16`, `bf16`, `amp` and `torch_autocast` is on; fp32 where none is.
final class PrecisionChoice {
    private static final String KEY = "training.precision";
    private static final String FP16 = "fp16.enabled";
    private static final List<String> BF16 = List.of("bf16.enabled", "bfloat16.enabled");
    private static final String CHECK = "bf16.check_grad_overflow";
    private static final String COPIES = "bf16.bf16_master_weights_and_grads";
    private static final String MOMENTS = "bf16.bf16_optimizer_states";
    private static final String REDUCTION = "communication_data_type";
    private static final String AMP = "amp.enabled";
    private static final String AUTOCAST = "torch_autocast.enabled";

    private final DeepSpeedConfig config;
    private final Settings settings;
    private String on = "";
    private boolean open;

    private PrecisionChoice(DeepSpeedConfig config) {
        this.config = config;
        settings = config.settings();
    }

    static void read(DeepSpeedConfig config) {
        var choice = new PrecisionChoice(config);
        choice.offer(FP16, Products.FP16);
        choice.offer(config.settings().nameOf(BF16), Products.BF16);
        choice.offer(AMP, Products.AUTOCAST_FP16);
        choice.offerAutocast();
        if (choice.on.isEmpty() && !choice.open) {
            String fp32 = Products.FP32.nearest().value();
            config.reading().draft().set(KEY, fp32, config.settings().at(""), "no other is enabled");
        }
        accumulation(config);
        choice.checks();
        choice.copies();
        choice.reduction();
    }

    private void offer(String name, Products products) {
        if (config.isAuto(name, KEY)) {
            open = true;
        } else if (!settings.flag(name, false)) {
            if (settings.has(name)) {
                config.fates().noEffect(name, "another precision holds");
            }
        } else if (!on.isEmpty()) {
            settings.wrong(name, "must be off where " + on + " is on", "false");
        } else {
            on = name;
            config.reading().putNearest(KEY, products.nearest(), name);
        }
    }

    /// Autocast may stand beside `bf16` and `fp16`, which then say what is cast.
    private void offerAutocast() {
        if (!on.isEmpty() && settings.flag(AUTOCAST, false)) {
            config.fates().notModelled(AUTOCAST, "all products have the precision of " + on);
            return;
        }
        boolean half =
                settings.says("torch_autocast.dtype", "float16") || settings.says("torch_autocast.dtype", "fp16");
        offer(AUTOCAST, half ? Products.AUTOCAST_FP16 : Products.AUTOCAST_BF16);
    }

    /// With fp16 the loss is scaled and gradients are searched for overflow; with bf16 where the file asks for it.
    private void checks() {
        String name = on.equals(FP16) ? FP16 : CHECK;
        if (on.equals(FP16) || settings.flag(CHECK, false)) {
            config.reading().put("training.loss_scaling", true, name);
        }
    }

    /// Weights, gradients and moments in bf16 throughout.
    private void copies() {
        if (settings.flag(COPIES, false) && settings.flag(MOMENTS, false)) {
            config.reading().put("training.master_weights", false, COPIES);
            config.fates().modelled(MOMENTS, "training.master_weights");
        }
    }

    private void reduction() {
        switch (settings.text(REDUCTION, "")) {
            case "fp32" -> config.reading().put("training.reduce_in", "fp32", REDUCTION);
            case "fp16", "bf16", "bfp16" -> config.reading().put("training.reduce_in", "bf16", REDUCTION);
            default -> {}
        }
    }

    /// Gradients that are added up in fp32 are kept in it by the stack.
    private static void accumulation(DeepSpeedConfig config) {
        String name = "data_types.grad_accum_dtype";
        String format = config.settings().text(name, "");
        if (format.equals("fp32")) {
            config.reading().put("stack.gradients.format", "fp32", name);
        } else if (format.equals("fp16") || format.equals("bf16")) {
            config.reading().put("stack.gradients.format", "model", name);
        }
    }
}
