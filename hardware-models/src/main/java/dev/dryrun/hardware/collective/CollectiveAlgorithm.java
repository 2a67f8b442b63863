// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// One way of doing collectives. A new one is a class and a line in [CollectiveAlgorithms#ALL].
public interface CollectiveAlgorithm {
    String name();

    /// Whether the library may use it.
    boolean offers(CollectiveKind kind, Group group);

    /// How it does a collective that it offers, on a group of at least two GPUs.
    CollectivePlan plan(CollectiveKind kind, Group group);
}
