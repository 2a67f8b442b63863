// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Position;

/// Something that became of a file, for the person who brought it.
///
/// @param at where it stands
/// @param what it is about: `nvlink`, `interface mlx5_4`
/// @param note what was made of it, and why
public record Finding(Position at, Fate fate, String what, String note) {
    /// What became of it.
    public enum Fate {
        /// It is in the node.
        READ,
        /// The file does not say so.
        ASSUMED,
        /// It is in the file and not in the node.
        LEFT_OUT
    }
}
