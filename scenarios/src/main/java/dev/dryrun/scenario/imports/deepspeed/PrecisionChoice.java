// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import dev.dryrun.scenario.imports.NearestSimulated.Products;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;
import java.util.Map;

/// Which of the blocks `fp16`, `bf16`, `amp` and `torch_autocast` is on; fp32 where none is.
final class PrecisionChoice {
    private static final String KEY = "training.precision";
    private static final List<String> BF16 = List.of("bf16.enabled", "bfloat16.enabled");

    private PrecisionChoice() {}

    static void read(DeepSpeedConfig config) {
        Settings settings = config.settings();
        String bf16 = settings.nameOf(BF16);
        boolean open =
                config.isAuto("fp16.enabled", KEY) | config.isAuto(bf16, KEY) | config.isAuto("amp.enabled", KEY);
        Map<String, Products> switches = Map.of(
                "fp16.enabled",
                Products.FP16,
                bf16,
                Products.BF16,
                "amp.enabled",
                Products.AUTOCAST_FP16,
                "torch_autocast.enabled",
                settings.says("torch_autocast.dtype", "float16") || settings.says("torch_autocast.dtype", "fp16")
                        ? Products.AUTOCAST_FP16
                        : Products.AUTOCAST_BF16);
        String on = "";
        for (String name : List.of("fp16.enabled", bf16, "amp.enabled", "torch_autocast.enabled")) {
            if (settings.says(name, "auto") || !settings.flag(name, false)) {
                if (settings.says(name, "false")) {
                    config.fates().noEffect(name, "another precision holds");
                }
                continue;
            }
            if (!on.isEmpty() && !name.startsWith("torch_autocast")) {
                settings.wrong(name, "must be off where " + on + " is on", "false");
                continue;
            }
            on = name;
            config.reading().putNearest(KEY, switches.getOrDefault(name, Products.FP32).nearest, name);
        }
        if (on.isEmpty() && !open) {
            config.reading().draft().set(KEY, Products.FP32.nearest.value(), settings.at(bf16), "no other is enabled");
        }
        accumulation(config);
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
