// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

/// A dimension of a grid of numbers, as a digit of the number: neighbours along it are `stride` apart, and there are
/// `size` of them.
///
///     place = number / stride mod size
///
/// @param size places along the axis
/// @param stride distance of neighbours: the product of the sizes of all faster axes
record Axis(int size, int stride) {
    /// Place of a number along the axis.
    int placeOf(int number) {
        return number / stride % size;
    }

    /// The number without this digit: it counts the lines along the axis, in the order of their first numbers.
    int without(int number) {
        return number % stride + number / stride / size * stride;
    }

    /// The number that has this digit put in: the member at a place of a line along the axis.
    int with(int line, int place) {
        return line % stride + (line / stride * size + place) * stride;
    }
}
