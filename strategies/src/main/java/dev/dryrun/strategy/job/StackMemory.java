// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// What a software stack keeps in memory beside what the mathematics needs.
///
/// @param extraGradientBytes per parameter beside the accumulated gradient: a 16-bit copy, flattening buffers
/// @param logitBytes alive per logit from the loss until its gradient is used: 2 where the loss is fused and in place,
/// 12 where it
///     runs unfused in fp32
/// @param cachedWeightGradients whether a 16-bit gradient per shape of weight matrix stays cached although products add
/// to
///     the accumulated gradient themselves
/// @param workspaceBytes of libraries, taken from the framework's allocator
/// @param fragmentation reserved over allocated activation bytes, by the allocator's gaps
/// @param contextBytes device context, communicators and what else is outside the allocator
/// @param shardIsMaster whether a replica's share of sharded parameters and of their gradients is kept in fp32 alone,
///     16-bit parameters existing only while they are gathered
/// @param widensGradients whether a gradient that is added to a wider sum is first copied to the sum's width, one
/// tensor
///     after the other: the largest copy finds no room among smaller blocks and stays the allocator's
public record StackMemory(
        double extraGradientBytes,
        double logitBytes,
        boolean cachedWeightGradients,
        double workspaceBytes,
        double fragmentation,
        double contextBytes,
        boolean shardIsMaster,
        boolean widensGradients) {
    public StackMemory {
        if (!(logitBytes >= 0) || !(workspaceBytes >= 0)) {
            throw new IllegalArgumentException(
                    "logit bytes " + logitBytes + ", workspace " + workspaceBytes + ": bytes must not be negative");
        }
        if (!(extraGradientBytes >= 0) || !(fragmentation >= 1) || !(contextBytes >= 0)) {
            throw new IllegalArgumentException(
                    "extra gradient bytes " + extraGradientBytes + ", fragmentation " + fragmentation + ", context "
                            + contextBytes + ": bytes must not be negative and fragmentation not below 1");
        }
    }

    static StackMemory read(Entry entry) {
        StackMemory memory = new StackMemory(
                entry.figure("extra_gradient_bytes", 0, 100).value(),
                entry.figure("logit_bytes", 0, 100).value(),
                entry.flag("cached_weight_gradients", false),
                entry.has("workspace") ? entry.figure("workspace", Unit.BYTES).value() : 0,
                entry.figure("fragmentation", 1, 10).value(),
                entry.figure("context", Unit.BYTES).value(),
                entry.flag("shard_is_master", false),
                entry.flag("widens_gradients", false));
        entry.rejectUnknownKeys();
        return memory;
    }
}
