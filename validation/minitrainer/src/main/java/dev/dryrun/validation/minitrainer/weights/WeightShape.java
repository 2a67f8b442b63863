// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import java.util.Arrays;
import java.util.List;

/// A tensor of the model, whole, and how a tensor group cuts it.
///
/// @param name in the whole model, which also fixes its first values
/// @param sides of the whole tensor
/// @param initial how it begins
/// @param cutSide the side that is cut, or -1 where every rank has all of it
/// @param parts lengths along that side that are each cut evenly, such as those of queries, keys and values
/// @param padded length of that side where it is filled up with zeros, else its own
/// @param partial whether the ranks of a tensor group each make a part of its gradient, though they have all of it
public record WeightShape(
        String name, List<Long> sides, Initial initial, int cutSide, List<Long> parts, long padded, boolean partial) {
    /// How a tensor begins.
    public sealed interface Initial {
        /// Normal around 0.
        record Normal(double deviation) implements Initial {}

        record Constant(double value) implements Initial {}
    }

    public WeightShape {
        sides = List.copyOf(sides);
        parts = List.copyOf(parts);
    }

    /// One that is not cut.
    public static WeightShape whole(String name, Initial initial, boolean partial, long... sides) {
        return new WeightShape(name, Arrays.stream(sides).boxed().toList(), initial, -1, List.of(), 0, partial);
    }

    /// One of which each rank has its share of a side.
    public static WeightShape cut(String name, Initial initial, int side, List<Long> parts, long... sides) {
        List<Long> all = Arrays.stream(sides).boxed().toList();
        return new WeightShape(name, all, initial, side, parts, all.get(side), false);
    }

    /// The same with its cut side filled up.
    public WeightShape paddedTo(long length) {
        return new WeightShape(name, sides, initial, cutSide, List.of(length), length, partial);
    }

    public boolean isCut() {
        return cutSide >= 0;
    }

    /// Sides of a rank's share.
    public long[] sidesOf(int ranks) {
        long[] mine = sides.stream().mapToLong(Long::longValue).toArray();
        if (isCut()) {
            mine[cutSide] = padded / ranks;
        }
        return mine;
    }

    /// Elements of a rank's share.
    public long elements(int ranks) {
        long product = 1;
        for (long side : sidesOf(ranks)) {
            product *= side;
        }
        return product;
    }
}
