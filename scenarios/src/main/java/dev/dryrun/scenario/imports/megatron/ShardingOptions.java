// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.shell.Traced;
import org.jspecify.annotations.Nullable;

/// What replicas share out: Megatron's distributed optimizer, or a stage of ZeRO, also in a configuration of DeepSpeed
/// that the script itself writes.
final class ShardingOptions {
    private static final String KEY = "strategy.sharding";

    private ShardingOptions() {}

    static void read(Reading reading) {
        Option distributed = reading.find("--use-distributed-optimizer");
        Option fsdp = reading.find("--use-torch-fsdp2", "--use-megatron-fsdp", "--use-custom-fsdp");
        Option zero = reading.find("--zero-stage");
        Option file = reading.find("--deepspeed_config", "--deepspeed-config");
        if (fsdp != null) {
            parameters(reading, fsdp);
        } else if (distributed != null) {
            reading.set(KEY, "optimizer", distributed);
        } else if (zero != null) {
            Long stage = reading.number(zero, 0, 3);
            if (stage != null) {
                set(reading, zero, stage);
            }
        }
        if (file != null) {
            configuration(reading, file, zero == null && distributed == null && fsdp == null);
        }
    }

    private static void set(Reading reading, Option option, long stage) {
        if (stage == 0) {
            option.free("nothing is sharded");
            return;
        }
        String what = stage == 1 ? "optimizer" : stage == 2 ? "gradients" : "parameters";
        reading.set(KEY, what, option, option.name() + ", ZeRO stage " + stage);
    }

    /// PyTorch's FSDP, or Megatron's own, whose option comes beside that of the distributed optimizer.
    private static void parameters(Reading reading, Option fsdp) {
        Option stays = reading.find("--torch-fsdp2-no-reshard-after-forward");
        if (stays == null) {
            reading.set(KEY, "parameters", fsdp);
            return;
        }
        reading.set(KEY + ".what", "parameters", fsdp);
        reading.set(KEY + ".reshard_after_forward", false, stays);
    }

    private static void configuration(Reading reading, Option file, boolean decides) {
        Traced text = reading.result().files().get(file.text());
        Long stage = text == null ? null : stage(text);
        if (stage == null) {
            file.notModelled(
                    text == null
                            ? "the script does not write this file; dryrun import deepspeed FILE reads it"
                            : "what the script writes into this file is not known here");
        } else if (decides) {
            file.modelled(KEY);
            set(reading, file, stage);
        } else {
            file.free("what it says of sharding is said by an option too");
        }
    }

    /// Stage of ZeRO in a configuration; null where it cannot be read.
    private static @Nullable Long stage(Traced json) {
        var problems = new Problems();
        Document document = Document.read("written by the script.json", json.toString(), problems);
        Entry zero = document.root().optionalChild("zero_optimization");
        long stage = zero.integer("stage", 0, 3, 0);
        return problems.isEmpty() ? stage : null;
    }
}
