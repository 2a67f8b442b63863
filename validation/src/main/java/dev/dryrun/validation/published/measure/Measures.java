// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Figures of merit of a family of rows, or of all families; a figure that does not apply is absent.
///
/// @param family its name
/// @param rows rows it has
/// @param simulated rows with a prediction
/// @param mapePct mean of the absolute errors of time
/// @param medianPct their median
/// @param p90Pct their 90th percentile
/// @param biasPct mean of the signed errors; positive where predictions are too slow
/// @param pairOrderPct see [StrategyChoice]
/// @param meanRegretPct see [StrategyChoice]
/// @param memoryMapePct mean absolute error of peak memory
public record Measures(
        String family,
        int rows,
        int simulated,
        OptionalDouble mapePct,
        OptionalDouble medianPct,
        OptionalDouble p90Pct,
        OptionalDouble biasPct,
        OptionalDouble pairOrderPct,
        OptionalDouble meanRegretPct,
        OptionalDouble memoryMapePct) {

    /// Figures over the given rows; rows out of memory or skipped are counted but carry no error.
    ///
    /// @param scored rows whose errors count
    static Measures of(String family, int rows, int simulated, List<ScoredRun> scored) {
        double[] errors = scored.stream()
                .map(ScoredRun::errorPct)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        double[] sizes = java.util.Arrays.stream(errors).map(Math::abs).toArray();
        double[] memory = scored.stream()
                .filter(run -> run.memoryPredictedBytes().isPresent()
                        && run.memoryMeasuredBytes().isPresent())
                .mapToDouble(run -> {
                    double measured = run.memoryMeasuredBytes().orElseThrow();
                    return 100 * Math.abs(run.memoryPredictedBytes().orElseThrow() - measured) / measured;
                })
                .toArray();
        StrategyChoice choice = StrategyChoice.of(scored);
        return new Measures(
                family,
                rows,
                simulated,
                Percentiles.mean(sizes),
                Percentiles.at(0.5, sizes),
                Percentiles.at(0.9, sizes),
                Percentiles.mean(errors),
                choice.pairOrderPct(),
                choice.meanRegretPct(),
                Percentiles.mean(memory));
    }

    /// Figures over all rows of a family.
    static Measures of(String family, List<ScoredRun> rows) {
        int simulated = (int) rows.stream().filter(ScoredRun::simulated).count();
        return of(family, rows.size(), simulated, rows);
    }

    /// Families averaged equally, each figure over the families that have it; rows are added up.
    static Measures average(String name, List<Measures> families) {
        return new Measures(
                name,
                families.stream().mapToInt(Measures::rows).sum(),
                families.stream().mapToInt(Measures::simulated).sum(),
                average(families, Measures::mapePct),
                average(families, Measures::medianPct),
                average(families, Measures::p90Pct),
                average(families, Measures::biasPct),
                average(families, Measures::pairOrderPct),
                average(families, Measures::meanRegretPct),
                average(families, Measures::memoryMapePct));
    }

    private static OptionalDouble average(List<Measures> families, Function<Measures, OptionalDouble> figure) {
        return families.stream()
                .map(figure)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }
}
