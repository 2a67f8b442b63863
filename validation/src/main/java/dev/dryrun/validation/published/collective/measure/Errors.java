// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Errors of some rows, in which each octave of sizes of a sweep weighs the same: a source that timed a thousand sizes
/// says no more about a machine than one that doubled them.
///
/// @param rows how many
/// @param mean of the absolute errors
/// @param bias mean of the signed errors; positive where predicted too slow
/// @param median of the absolute errors
/// @param p90 their 90th percentile
public record Errors(int rows, double mean, double bias, double median, double p90) {
    private record Octave(Object sweep, int exponent) {}

    /// Errors of rows with a prediction.
    static Errors of(List<ScoredCollective> rows) {
        Map<Octave, Integer> count = new HashMap<>();
        rows.forEach(row -> count.merge(octave(row), 1, Integer::sum));
        ToDoubleFunction<ScoredCollective> weight = row -> 1.0 / count.getOrDefault(octave(row), 1);
        double weights = rows.stream().mapToDouble(weight).sum();
        double size = 0;
        double signed = 0;
        for (ScoredCollective row : rows) {
            double share = weight.applyAsDouble(row) / weights;
            size += share * Math.abs(row.error());
            signed += share * row.error();
        }
        var sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(row -> Math.abs(row.error())));
        return new Errors(
                rows.size(), size, signed, at(0.5 * weights, sorted, weight), at(0.9 * weights, sorted, weight));
    }

    private static Octave octave(ScoredCollective row) {
        return new Octave(row.row().sweep(), Math.getExponent(row.row().bytes()));
    }

    /// The smallest absolute error up to which the rows weigh that much.
    private static double at(double weight, List<ScoredCollective> sorted, ToDoubleFunction<ScoredCollective> of) {
        double sum = 0;
        for (ScoredCollective row : sorted) {
            sum += of.applyAsDouble(row);
            if (sum >= weight * (1 - 1e-12)) {
                return Math.abs(row.error());
            }
        }
        return Double.NaN;
    }
}
