// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.validation.published.table.Column;

/// What replicas share out, from the words of the sharding column. Unstated: optimizer state with Transformer Engine
/// and with DeepSpeed, nothing otherwise.
final class Sharing {
    private Sharing() {}

    static void refuseOtherKinds(Reading reading) {
        String words = reading.lower(Column.ZERO_OR_FSDP);
        String stated = reading.run().text(Column.ZERO_OR_FSDP);
        if (shardsParameters(words)) {
            reading.obstruct("sharded parameters (" + stated + ")");
        } else if (words.contains("zero-2") || words.contains("zero2")) {
            reading.obstruct("sharded gradients (" + stated + ")");
        }
    }

    static Sharding read(Reading reading, String stack) {
        String words = reading.lower(Column.ZERO_OR_FSDP);
        if (words.isEmpty()) {
            boolean usual = Software.isTransformerEngine(stack) || stack.equals("megatron-deepspeed");
            Sharding sharding = usual ? Sharding.OPTIMIZER : Sharding.NONE;
            if (reading.run().count(Column.DP).orElse(2) > 1) {
                String what = usual ? "sharded optimizer" : "no sharding";
                reading.assume(what + " (usual with " + stack + ")");
            }
            return sharding;
        }
        if (words.contains("zero") || words.contains("distributed optimizer")) {
            return Sharding.OPTIMIZER;
        }
        if (!words.startsWith("no") && reading.free()) {
            reading.obstruct("sharding \"" + reading.run().text(Column.ZERO_OR_FSDP) + "\" is unknown");
        }
        return Sharding.NONE;
    }

    /// Whether the words mean that every replica keeps only a part of the parameters.
    static boolean shardsParameters(String words) {
        return !words.startsWith("no")
                && (words.contains("fsdp") || words.contains("zero-3") || words.contains("zero3"));
    }
}
