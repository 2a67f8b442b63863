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
        if (distributed != null) {
            reading.set(KEY, "optimizer", distributed);
        } else if (fsdp != null) {
            reading.set(KEY, "optimizer", fsdp, fsdp.name() + " shards parameters too, which is not simulated yet");
        } else if (zero != null) {
            Long stage = reading.number(zero, 0, 3);
            if (stage != null) {
                set(reading, zero, stage);
            }
        }
        if (file != null) {
            configuration(reading, file, zero == null && distributed == null);
        }
    }

    private static void set(Reading reading, Option option, long stage) {
        if (stage == 0) {
            option.free("nothing is sharded");
            return;
        }
        reading.set(KEY, "optimizer", option, option.name() + ", ZeRO stage " + stage);
        if (stage > 1) {
            option.notModelled(
                    "ZeRO stage " + stage + " is not simulated yet; sharding of the optimizer stands for it");
        }
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
