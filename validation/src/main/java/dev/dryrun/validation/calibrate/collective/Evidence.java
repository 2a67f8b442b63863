// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import dev.dryrun.validation.published.collective.mapping.Benchmark;
import dev.dryrun.validation.published.collective.mapping.CollectiveConstants;
import dev.dryrun.validation.published.collective.mapping.MappedSweep;
import dev.dryrun.validation.published.collective.mapping.SweepMapping;
import dev.dryrun.validation.published.collective.measure.SizeRegime;
import dev.dryrun.validation.published.collective.table.MeasuredCollective;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Sweep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// The rows that a fit sees: not suspicious, predictable, at most two for each octave of sizes of a sweep.
///
/// @param series sweeps with a row
record Evidence(List<Series> series) {
    private static final int ROWS_PER_OCTAVE = 2;

    /// A sweep as it is simulated, with the rows that count.
    record Series(Sweep sweep, Benchmark benchmark, List<MeasuredCollective> rows) {}

    Evidence {
        series = List.copyOf(series);
    }

    /// @param constants by which classes of network are known
    static Evidence of(List<MeasuredCollective> rows, CollectiveConstants constants) {
        Map<Sweep, List<MeasuredCollective>> sweeps = new LinkedHashMap<>();
        Map<List<Object>, Integer> perOctave = new HashMap<>();
        for (MeasuredCollective row : rows) {
            List<Object> octave = List.of(row.sweep(), Math.getExponent(row.bytes()));
            if (row.suspicious().isEmpty() && perOctave.merge(octave, 1, Integer::sum) <= ROWS_PER_OCTAVE) {
                sweeps.computeIfAbsent(row.sweep(), sweep -> new ArrayList<>()).add(row);
            }
        }
        var series = new ArrayList<Series>();
        sweeps.forEach((sweep, some) -> {
            if (SweepMapping.map(sweep, constants) instanceof MappedSweep.Simulable(Benchmark benchmark)
                    && benchmark.timing(constants).possible()) {
                series.add(new Series(sweep, benchmark, some));
            }
        });
        return new Evidence(series);
    }

    Evidence only(Predicate<Series> wanted) {
        return new Evidence(series.stream().filter(wanted).toList());
    }

    int size() {
        return series.stream().mapToInt(one -> one.rows().size()).sum();
    }

    /// Logarithms of the measured seconds, row by row.
    double[] measured() {
        return series.stream()
                .flatMap(one -> one.rows().stream())
                .mapToDouble(row -> Math.log(row.seconds()))
                .toArray();
    }

    /// How much each row counts: a system as much as any other in a regime, its rows there alike.
    double[] weights() {
        Map<List<Object>, Integer> count = new HashMap<>();
        forEachRow((one, row) -> count.merge(key(row), 1, Integer::sum));
        var weights = new ArrayList<Double>();
        forEachRow((one, row) -> weights.add(1.0 / count.getOrDefault(key(row), 1)));
        return weights.stream().mapToDouble(weight -> weight).toArray();
    }

    private static List<Object> key(MeasuredCollective row) {
        return List.of(row.system(), SizeRegime.of(row.bytes()));
    }

    void forEachRow(BiConsumer<Series, MeasuredCollective> action) {
        for (Series one : series) {
            one.rows().forEach(row -> action.accept(one, row));
        }
    }
}
