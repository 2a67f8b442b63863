// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The cut of a row of layers into consecutive blocks whose slowest is as quick as can be:
///
///     T(b, l) = min over k of max(T(b - 1, l - k), t(b, l - k, l)),    T(-1, 0) = 0
///
/// T(b, l): time of the slowest of blocks 0 to b that hold the first l layers; t: time of a block. Of the cuts that
/// reach the least time, that with the least sum of squares of times is taken, hence the even one where all is equal.
/// Source: the linear partition problem by dynamic programming, as Skiena, 2020, doi:10.1007/978-3-030-54256-6,
/// section 10.7.
final class QuickestCut {
    /// Time of a block that holds layers from one up to, and without, another.
    @FunctionalInterface
    interface Times {
        double of(int block, int from, int to);
    }

    private final int layers;
    private final int[] most;
    private final Times times;

    /// @param most layers that each block can hold
    QuickestCut(int layers, int[] most, Times times) {
        this.layers = layers;
        this.most = most.clone();
        this.times = times;
    }

    /// Layers of each block; empty where they cannot hold all.
    Optional<List<Integer>> layersOfBlocks() {
        double least = best(Double.POSITIVE_INFINITY, false)[most.length][layers];
        if (Double.isInfinite(least)) {
            return Optional.empty();
        }
        double[][] squares = best(least, true);
        List<Integer> held = new ArrayList<>();
        int rest = layers;
        for (int block = most.length - 1; block >= 0; block--) {
            int taken = taken(squares, block, rest, least);
            held.addFirst(taken);
            rest -= taken;
        }
        return Optional.of(List.copyOf(held));
    }

    /// By blocks, then by layers that they hold: the time of the slowest, or the sum of squares of times none of which
    /// exceeds a bound.
    private double[][] best(double bound, boolean sumOfSquares) {
        double[][] best = new double[most.length + 1][layers + 1];
        for (double[] row : best) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        best[0][0] = 0;
        for (int block = 0; block < most.length; block++) {
            for (int to = 0; to <= layers; to++) {
                for (int count = fewest(block); count <= Math.min(most[block], to); count++) {
                    double time = times.of(block, to - count, to);
                    double before = best[block][to - count];
                    double with = sumOfSquares ? before + time * time : Math.max(before, time);
                    if (time <= bound && with < best[block + 1][to]) {
                        best[block + 1][to] = with;
                    }
                }
            }
        }
        return best;
    }

    private int taken(double[][] squares, int block, int rest, double bound) {
        int taken = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int count = fewest(block); count <= Math.min(most[block], rest); count++) {
            double time = times.of(block, rest - count, rest);
            double with = squares[block][rest - count] + time * time;
            if (time <= bound && with < least) {
                least = with;
                taken = count;
            }
        }
        return taken;
    }

    /// The first and the last block, which have embedding and head, may hold none.
    private int fewest(int block) {
        return block == 0 || block == most.length - 1 ? 0 : 1;
    }
}
