// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.MemoryDelta;

/// A step of a pass through layers, in the order in which the host issues them.
sealed interface Op {
    /// A kernel on the compute stream.
    record Kernel(String name, double seconds, Category category) implements Op {}

    /// A collective of the tensor group that is waited for.
    ///
    /// @param bytes size as the collective counts it: over the whole group for a gather and a reduce-scatter
    record Collective(String name, CollectiveKind kind, double bytes, Category category) implements Op {
        Collective(String name, CollectiveKind kind, double bytes) {
            this(name, kind, bytes, Category.TENSOR_COMM);
        }
    }

    /// A collective of the tensor group that runs beside a kernel; both are done before the next step.
    record Beside(Kernel kernel, Collective collective) implements Op {}

    /// A change of memory.
    record Memory(MemoryDelta delta) implements Op {}
}
