// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.fit;

/// A change of a strategy that may save memory.
@FunctionalInterface
interface Change {
    /// What it makes of a variant; may be a variant that cannot run.
    Variant of(Variant variant);
}
