// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.ArrayList;
import java.util.List;

/// Disjoint rings through all GPUs of a group over their direct links, as a library of collectives looks for them.
///
/// Links count as many times as they hold the narrowest one. All closed rings are listed (there are few where links are
/// few), and the largest set that no link is too narrow for is sought by depth-first search; after a number of steps
/// of either the rings listed and the best so far stand.
final class RingSearch {
    /// Of larger groups no rings are sought.
    static final int MOST_MEMBERS = 31;

    private static final int MOST_RINGS = 20_000;
    private static final int MOST_BEGINNINGS = 4_000_000;
    private static final int MOST_STEPS = 200_000;

    private final int[][] lanes;
    private final List<int[]> rings = new ArrayList<>();
    private final List<Integer> chosen = new ArrayList<>();
    private List<Integer> best = List.of();
    private int beginnings;
    private int steps;

    private RingSearch(int[][] lanes) {
        this.lanes = lanes;
    }

    /// Rings as orders of the members, each to be run both ways around; empty where no ring closes.
    ///
    /// @param bytesPerSecond of the direct link of each pair, the same both ways; 0 where there is none
    static List<int[]> disjointRings(double[][] bytesPerSecond) {
        int members = bytesPerSecond.length;
        double narrowest = Double.POSITIVE_INFINITY;
        for (double[] row : bytesPerSecond) {
            for (double capacity : row) {
                narrowest = capacity > 0 ? Math.min(narrowest, capacity) : narrowest;
            }
        }
        int[][] lanes = new int[members][members];
        for (int a = 0; a < members; a++) {
            for (int b = 0; b < members; b++) {
                lanes[a][b] = bytesPerSecond[a][b] > 0 ? (int) (bytesPerSecond[a][b] / narrowest + 1e-6) : 0;
            }
        }
        var search = new RingSearch(lanes);
        search.list(new int[members], 1, 1);
        search.choose(0);
        return search.best.stream().map(search.rings::get).toList();
    }

    /// Lists rings that begin with the first `length` members of `ring`; of the two ways around, the one whose second
    /// member is below its last.
    private void list(int[] ring, int length, int met) {
        if (rings.size() == MOST_RINGS || beginnings++ >= MOST_BEGINNINGS) {
            return;
        }
        int last = ring[length - 1];
        if (length == lanes.length) {
            if (lanes[last][0] > 0 && ring[1] < last) {
                rings.add(ring.clone());
            }
            return;
        }
        for (int next = 1; next < lanes.length; next++) {
            if ((met & 1 << next) == 0 && lanes[last][next] > 0) {
                ring[length] = next;
                list(ring, length + 1, met | 1 << next);
            }
        }
    }

    /// Adds rings from number `from` on to those chosen, the same one again included.
    private void choose(int from) {
        if (chosen.size() > best.size()) {
            best = List.copyOf(chosen);
        }
        if (chosen.size() + roomLeft() <= best.size()) {
            return;
        }
        for (int ring = from; ring < rings.size() && steps < MOST_STEPS; ring++) {
            steps++;
            if (fits(rings.get(ring))) {
                take(rings.get(ring), -1);
                chosen.add(ring);
                choose(ring);
                chosen.removeLast();
                take(rings.get(ring), 1);
            }
        }
    }

    /// No more rings than half the lanes left at the member that has the fewest.
    private int roomLeft() {
        int least = Integer.MAX_VALUE;
        for (int[] row : lanes) {
            int sum = 0;
            for (int count : row) {
                sum += count;
            }
            least = Math.min(least, sum / 2);
        }
        return least;
    }

    private boolean fits(int[] ring) {
        for (int i = 0; i < ring.length; i++) {
            if (lanes[ring[i]][ring[(i + 1) % ring.length]] == 0) {
                return false;
            }
        }
        return true;
    }

    private void take(int[] ring, int change) {
        for (int i = 0; i < ring.length; i++) {
            int here = ring[i];
            int next = ring[(i + 1) % ring.length];
            lanes[here][next] += change;
            lanes[next][here] += change;
        }
    }
}
