// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.flow.FlowPlan;
import org.jspecify.annotations.Nullable;

/// One way of doing collectives, in one protocol. A new one is a class and a line in [CollectiveAlgorithms#ALL].
public interface CollectiveAlgorithm {
    /// Name of the algorithm; several protocols share it.
    String name();

    default Protocol protocol() {
        return Protocol.SIMPLE;
    }

    /// Whether the library may use it.
    boolean offers(CollectiveKind kind, Group group);

    /// Whether a library that has it for a group does without another.
    default boolean supersedes(CollectiveAlgorithm other) {
        return false;
    }

    /// Whether a library has it only for those who ask for it by name.
    default boolean isOnlyThereWhereForced() {
        return false;
    }

    /// Whether settings that force other algorithms leave it alone.
    default boolean isAlwaysThere() {
        return false;
    }

    /// How it does a collective that it offers, on a group of at least two GPUs.
    CollectivePlan plan(CollectiveKind kind, Group group);

    /// The same chunk by chunk; null where it is known as a whole only.
    ///
    /// @param fluid its plan, whose latencies and efficiencies the chunks share
    default @Nullable FlowPlan chunks(CollectiveKind kind, Group group, CollectivePlan fluid, double bytes) {
        return null;
    }
}
