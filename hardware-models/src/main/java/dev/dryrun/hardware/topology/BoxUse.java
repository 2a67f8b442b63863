// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.List;

/// A group of chips that is a box in a torus: what a reduce-scatter along each of its axes uses of the wires.
///
/// @param axes those along which the box has more than one chip
public record BoxUse(List<Axis> axes) {
    /// One axis of the box: all its lines work side by side.
    ///
    /// @param members chips of the box on a line
    /// @param hops steps until what is farthest has arrived
    /// @param wires resources, counted from the first of the node
    /// @param usagePerByte of what each chip holds at the start: both ways around a ring `(m-1)/(2m)` on each wire, of
    /// an
    ///     open line what is bound for the chips behind it
    /// @param bytesPerSecond raw rate that the narrowest wire allows
    public record Axis(int members, int hops, int[] wires, double[] usagePerByte, double bytesPerSecond) {}

    public BoxUse {
        axes = List.copyOf(axes);
    }
}
