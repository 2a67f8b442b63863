// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.validation.train.SmallJob;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How far off predictions are over rows of one kind.
///
/// @param rows how many
/// @param meanErrorPct mean absolute error of the step
/// @param noisePct mean difference between two trainings of the same job
/// @param meanMemoryErrorPct mean absolute error of the peak of memory
/// @param covered rows whose step lies in its interval
record LiveScore(int rows, double meanErrorPct, double noisePct, double meanMemoryErrorPct, int covered) {
    /// Pairs of strategies for the same model and batch.
    ///
    /// @param pairs that differ by more than both rounds of each do
    /// @param inOrder of these, put in the measured order
    record Order(int pairs, int inOrder) {
        double pct() {
            return 100.0 * inOrder / pairs;
        }
    }

    /// @param rows at least one
    static LiveScore of(List<LiveRow> rows) {
        return new LiveScore(
                rows.size(),
                mean(rows, row -> Math.abs(row.errorPct())),
                mean(rows, row -> row.measured().noisePct()),
                mean(rows, row -> Math.abs(row.memoryErrorPct())),
                (int) rows.stream().filter(LiveRow::covered).count());
    }

    private static double mean(List<LiveRow> rows, ToDoubleFunction<LiveRow> what) {
        return rows.stream().mapToDouble(what).average().orElseThrow();
    }

    /// Rows of jobs with so many ranks.
    static List<LiveRow> with(List<LiveRow> rows, int ranks) {
        return rows.stream().filter(row -> row.job().ranks() == ranks).toList();
    }

    static Order order(List<LiveRow> rows) {
        int pairs = 0;
        int inOrder = 0;
        List<LiveRow> before = new ArrayList<>();
        for (LiveRow row : rows) {
            for (LiveRow other : before) {
                if (sameWork(row.job(), other.job()) && apart(row, other)) {
                    pairs++;
                    boolean slower =
                            row.measured().stepSeconds() > other.measured().stepSeconds();
                    boolean predictedSlower =
                            row.predicted().stepSeconds() > other.predicted().stepSeconds();
                    inOrder += slower == predictedSlower ? 1 : 0;
                }
            }
            before.add(row);
        }
        return new Order(pairs, inOrder);
    }

    private static boolean sameWork(SmallJob one, SmallJob other) {
        return one.layers() == other.layers()
                && one.hidden() == other.hidden()
                && one.heads() == other.heads()
                && one.vocabulary() == other.vocabulary()
                && one.sequence() == other.sequence()
                && one.globalBatch() == other.globalBatch();
    }

    private static boolean apart(LiveRow one, LiveRow other) {
        return one.measured().shorterThan(other.measured()) || other.measured().shorterThan(one.measured());
    }
}
