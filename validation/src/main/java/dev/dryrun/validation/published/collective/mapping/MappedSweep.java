// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

/// What the rules make of a sweep.
public sealed interface MappedSweep {
    /// It can be simulated.
    record Simulable(Benchmark benchmark) implements MappedSweep {}

    /// It cannot.
    ///
    /// @param reason in words
    record Skipped(String reason) implements MappedSweep {}
}
