// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

/// Groups cut into parts: of runs of consecutive members, or of members that are a run's length apart.
///
/// @param whole groups that are cut
/// @param run length of a run, which divides their size
/// @param across whether a part takes one member of each run
record PartsOfGroups(AlongAxes whole, int run, boolean across) implements Groups {
    private int runs() {
        return whole.size() / run;
    }

    private int parts() {
        return across ? run : runs();
    }

    @Override
    public int count() {
        return whole.count() * parts();
    }

    int groupOf(int rank) {
        int place = whole.placeOf(rank);
        return whole.groupOf(rank) * parts() + (across ? place % run : place / run);
    }

    @Override
    public int[] ranksOf(int group) {
        int part = group % parts();
        return across
                ? whole.ranksOf(group / parts(), part, run, runs())
                : whole.ranksOf(group / parts(), part * run, 1, run);
    }
}
