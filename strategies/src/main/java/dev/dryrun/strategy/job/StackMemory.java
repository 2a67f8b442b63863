// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// What a software stack keeps in memory beside what the mathematics needs.
///
/// @param extraGradientBytes per parameter beside the accumulated gradient: a 16-bit copy, flattening buffers
/// @param fragmentation reserved over allocated activation bytes, by the allocator's gaps
/// @param contextBytes device context, communicators and library workspaces
public record StackMemory(double extraGradientBytes, double fragmentation, double contextBytes) {
    public StackMemory {
        if (!(extraGradientBytes >= 0) || !(fragmentation >= 1) || !(contextBytes >= 0)) {
            throw new IllegalArgumentException("extra gradient bytes " + extraGradientBytes + ", fragmentation " + fragmentation
                    + ", context " + contextBytes + ": bytes must not be negative and fragmentation not below 1");
        }
    }

    static StackMemory read(Entry entry) {
        StackMemory memory = new StackMemory(
                entry.figure("extra_gradient_bytes", 0, 100).value(),
                entry.figure("fragmentation", 1, 10).value(),
                entry.figure("context", Unit.BYTES).value());
        entry.rejectUnknownKeys();
        return memory;
    }
}
