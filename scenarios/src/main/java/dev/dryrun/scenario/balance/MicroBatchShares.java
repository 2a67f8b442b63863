// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Micro-batches dealt out over replicas of different speed, so that the last one to end ends as early as can be. A
/// replica of p stages, the slowest of which takes t for a micro-batch, takes
///
///     (m + p - 1) t
///
/// for m of them (Narayanan et al., 2021, arXiv:2104.04473, section 2.2.1, with its bubble of p - 1). As each grows
/// with its m alone, giving one after the other to who would end first is optimal.
final class MicroBatchShares {
    private MicroBatchShares() {}

    /// @param nanos of a micro-batch on each replica
    /// @param unit in which a schedule takes micro-batches; a replica has at least so many
    static List<Integer> of(double[] nanos, int stages, int total, int unit) {
        int[] counts = new int[nanos.length];
        Arrays.fill(counts, unit);
        for (int dealt = unit * counts.length; dealt < total; dealt += unit) {
            int next = 0;
            for (int replica = 1; replica < counts.length; replica++) {
                double end = end(counts[replica] + unit, nanos[replica], stages);
                next = end < end(counts[next] + unit, nanos[next], stages) ? replica : next;
            }
            counts[next] += unit;
        }
        List<Integer> shares = new ArrayList<>();
        for (int count : counts) {
            shares.add(count);
        }
        return List.copyOf(shares);
    }

    private static double end(int count, double nanos, int stages) {
        return (count + stages - 1) * nanos;
    }
}
