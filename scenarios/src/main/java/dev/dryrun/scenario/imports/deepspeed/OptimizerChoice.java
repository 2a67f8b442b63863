// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import dev.dryrun.scenario.imports.NearestSimulated.Update;
import dev.dryrun.scenario.imports.settings.Settings;

/// The optimizer, where the file names one; otherwise the training code does.
final class OptimizerChoice {
    private static final String TYPE = "optimizer.type";
    private static final String MOMENTUM = "optimizer.params.momentum";

    private static final String TORCH = "optimizer.params.torch_adam";

    private OptimizerChoice() {}

    static void read(DeepSpeedConfig config) {
        Settings settings = config.settings();
        if (!settings.has(TYPE) || config.isAuto(TYPE, "training.optimizer")) {
            return;
        }
        boolean momentum = !settings.says(MOMENTUM, "auto") && settings.number(MOMENTUM, 0) > 0;
        Update update = Update.named(settings.text(TYPE, ""), momentum);
        config.reading().putNearest("training.optimizer", update.nearest(), TYPE);
        if (momentum && update == Update.MOMENTUM) {
            config.fates().modelled(MOMENTUM, "training.optimizer");
        }
        if (settings.flag(TORCH, false)) {
            config.reading().put("training.fused_optimizer", false, TORCH);
        }
    }
}
