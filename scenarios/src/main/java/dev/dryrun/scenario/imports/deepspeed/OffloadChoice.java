// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import dev.dryrun.scenario.imports.settings.Settings;

/// What lies on the host: the optimizer's state, which is updated there, and checkpoints of activations.
final class OffloadChoice {
    private static final String DEVICE = "zero_optimization.offload_optimizer.device";
    private static final String OLD = "zero_optimization.cpu_offload";
    private static final String ACTIVATIONS = "activation_checkpointing.cpu_checkpointing";
    private static final String KEY = "strategy.offload.optimizer";

    private OffloadChoice() {}

    static void read(DeepSpeedConfig config) {
        Settings settings = config.settings();
        boolean old = settings.flag(OLD, false);
        boolean open = config.isAuto(DEVICE, KEY);
        if (settings.says(DEVICE, "cpu") || old) {
            optimizer(config, old ? OLD : DEVICE);
        } else if (settings.says(DEVICE, "nvme")) {
            optimizer(config, DEVICE);
            config.fates().notModelled(DEVICE, "state is in the memory of the host, not on storage");
        } else if (settings.has(DEVICE) && !open && !settings.says(DEVICE, "none")) {
            settings.wrong(DEVICE, "must be one of none, cpu, nvme", "cpu");
        }
        if (settings.flag(ACTIVATIONS, false)) {
            config.reading().put("strategy.offload.activations", 1, ACTIVATIONS);
        }
    }

    private static void optimizer(DeepSpeedConfig config, String name) {
        config.reading().put(KEY, "host", name);
        config.reading()
                .draft()
                .leaveOpen(
                        "strategy.offload.host_update_bandwidth",
                        "the file does not say how fast the host updates: its memory bandwidth for each GPU");
    }
}
