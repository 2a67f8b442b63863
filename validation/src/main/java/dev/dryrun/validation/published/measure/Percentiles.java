// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.Arrays;
import java.util.OptionalDouble;

/// Mean and percentiles of a few figures.
final class Percentiles {
    private Percentiles() {}

    static OptionalDouble mean(double[] values) {
        return Arrays.stream(values).average();
    }

    /// Percentile by linear interpolation between the order statistics around rank p (n - 1). Source: Hyndman and Fan,
    /// 1996, doi:10.2307/2684934, definition 7.
    static OptionalDouble at(double p, double[] values) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = p * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return OptionalDouble.of(sorted[below] + (rank - below) * (sorted[above] - sorted[below]));
    }
}
