// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.layout.Layout;

/// A step of a pass through layers, in the order in which the host issues them.
sealed interface Op {
    /// A kernel on the compute stream.
    ///
    /// @param ofWeights whether only the gradient of weights needs it
    /// @param hostSeconds that the host takes beside what it takes for any kernel
    record Kernel(String name, double seconds, Category category, boolean ofWeights, double hostSeconds) implements Op {
        Kernel(String name, double seconds, Category category) {
            this(name, seconds, category, false, 0);
        }

        Kernel forWeights() {
            return new Kernel(name, seconds, category, true, hostSeconds);
        }

        Kernel issuedIn(double host) {
            return new Kernel(name, seconds, category, ofWeights, host);
        }
    }

    /// A collective that is waited for.
    ///
    /// @param bytes size as the collective counts it: over the whole group for a gather and a reduce-scatter
    /// @param slot of the layout: whose collective it is
    /// @param ofWeights whether only the gradient of weights needs it
    record Collective(String name, CollectiveKind kind, double bytes, int slot, Category category, boolean ofWeights)
            implements Op {
        Collective(String name, CollectiveKind kind, double bytes, int slot, Category category) {
            this(name, kind, bytes, slot, category, false);
        }

        /// Of the tensor group.
        Collective(String name, CollectiveKind kind, double bytes) {
            this(name, kind, bytes, Layout.TENSOR, Category.TENSOR_COMM);
        }

        Collective forWeights() {
            return new Collective(name, kind, bytes, slot, category, true);
        }
    }

    /// A collective that runs beside a kernel; both are done before the next step.
    record Beside(Kernel kernel, Collective collective) implements Op {}

    /// A change of memory.
    record Memory(MemoryDelta delta) implements Op {}
}
