// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.recompute;

import java.util.List;

/// A layer in its place: what is computed again of it, and which layers of its chunk together with it.
///
/// A segment of several layers keeps the input of its first only. In the backward pass the whole segment runs forward
/// again before the gradients of its last layer, and everything its layers would have kept is there until their own
/// gradients are made.
///
/// @param again what is computed again
/// @param segment groups of equal blocks to which the layers of the segment belong, in the order of the forward pass
/// @param position of the layer in its segment, from 0
public record RecomputedLayer(LayerRecompute again, List<Integer> segment, int position) {
    public RecomputedLayer {
        segment = List.copyOf(segment);
        if (position < 0 || position >= segment.size()) {
            throw new IllegalArgumentException("position is " + position + " in a segment of " + segment.size());
        }
        if (segment.size() > 1 && again.kind() != Recompute.FULL) {
            throw new IllegalArgumentException("a segment of several layers runs again as a whole, not " + again);
        }
    }

    /// A layer by itself.
    public static RecomputedLayer alone(int group, LayerRecompute again) {
        return new RecomputedLayer(again, List.of(group), 0);
    }

    /// Group of equal blocks that the layer is one of.
    public int group() {
        return segment.get(position);
    }

    public boolean isAlone() {
        return segment.size() == 1;
    }

    /// Whether its input is kept.
    public boolean isFirst() {
        return position == 0;
    }

    /// Whether the backward pass comes to it before the others of its segment.
    public boolean isLast() {
        return position == segment.size() - 1;
    }
}
