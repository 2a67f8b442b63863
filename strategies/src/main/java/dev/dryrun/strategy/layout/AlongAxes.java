// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

import java.util.List;

/// Groups of the ranks that differ in their place along some axes only. Members are in the order of ranks, and so are
/// groups by their first ones.
///
/// @param ranks of the grid
/// @param axes the fastest first
record AlongAxes(int ranks, List<Axis> axes) implements Groups {
    int size() {
        int size = 1;
        for (Axis axis : axes) {
            size *= axis.size();
        }
        return size;
    }

    @Override
    public int count() {
        return ranks / size();
    }

    int groupOf(int rank) {
        int group = rank;
        for (int i = axes.size() - 1; i >= 0; i--) {
            group = axes.get(i).without(group);
        }
        return group;
    }

    /// Number of a rank in its group.
    int placeOf(int rank) {
        int place = 0;
        for (int i = axes.size() - 1; i >= 0; i--) {
            place = place * axes.get(i).size() + axes.get(i).placeOf(rank);
        }
        return place;
    }

    /// The rank at a place of a group.
    int rankAt(int group, int place) {
        int rank = group;
        int rest = place;
        for (Axis axis : axes) {
            rank = axis.with(rank, rest % axis.size());
            rest /= axis.size();
        }
        return rank;
    }

    @Override
    public int[] ranksOf(int group) {
        return ranksOf(group, 0, 1, size());
    }

    /// Some of a group: every `step`-th from `first` on.
    int[] ranksOf(int group, int first, int step, int count) {
        int[] some = new int[count];
        for (int i = 0; i < count; i++) {
            some[i] = rankAt(group, first + i * step);
        }
        return some;
    }
}
