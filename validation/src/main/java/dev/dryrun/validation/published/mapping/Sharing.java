// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.validation.published.table.Column;

/// What replicas share out, from the words of the sharding column. Unstated: optimizer state with Transformer Engine
/// and with DeepSpeed, nothing otherwise.
final class Sharing {
    private static final int NODE = 8;

    private Sharing() {}

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
        if (shardsParameters(words)) {
            return Sharding.PARAMETERS;
        }
        if (words.contains("zero-2") || words.contains("zero2")) {
            return Sharding.GRADIENTS;
        }
        if (words.contains("zero") || words.contains("distributed optimizer")) {
            return Sharding.OPTIMIZER;
        }
        if (!words.startsWith("no") && reading.free()) {
            reading.obstruct("sharding \"" + reading.run().text(Column.ZERO_OR_FSDP) + "\" is unknown");
        }
        return Sharding.NONE;
    }

    /// How parameters are shared: FSDP's SHARD_GRAD_OP keeps layers whole from forward to backward; hybrid sharding
    /// (HSDP) shares them in a node.
    static ParameterSharding ofParameters(Reading reading) {
        boolean grouped = reading.run().count(Column.DP).orElse(1) % NODE == 0;
        if (grouped && reading.lower(Column.ZERO_OR_FSDP).startsWith("hsdp")) {
            reading.assume("groups of 8 that share parameters (HSDP)");
            return new ParameterSharding(NODE, true, true);
        }
        boolean keeps = reading.lower(Column.ZERO_OR_FSDP).contains("shard_grad_op");
        return keeps ? new ParameterSharding(0, false, true) : ParameterSharding.USUAL;
    }

    /// Whether the words mean that every replica keeps only a part of the parameters.
    static boolean shardsParameters(String words) {
        return !words.startsWith("no")
                && (words.contains("fsdp")
                        || words.startsWith("hsdp")
                        || words.contains("zero-3")
                        || words.contains("zero3"));
    }
}
