// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.validation.calibrate.collective.Evidence.Series;
import dev.dryrun.validation.published.collective.mapping.Benchmark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What sets of constants predict for the rows of some evidence.
///
/// The links of a sweep are built once, as no constant changes them, and of several sets that agree in what a sweep
/// depends on (most of those that differ in one constant do) it is predicted once.
final class Predictions {
    private final List<OfSeries> series;
    private final int rows;

    Predictions(Evidence evidence) {
        series = evidence.series().stream().map(OfSeries::new).toList();
        rows = evidence.size();
    }

    /// Logarithms of the seconds of each row.
    double[] at(ConstantSet constants) {
        return at(List.of(constants))[0];
    }

    /// The same for each of several sets. Sweeps are spread over threads.
    double[][] at(List<ConstantSet> sets) {
        List<double[][]> bySeries =
                series.parallelStream().map(one -> one.at(sets)).toList();
        double[][] all = new double[sets.size()][rows];
        int next = 0;
        for (double[][] some : bySeries) {
            for (int set = 0; set < all.length; set++) {
                System.arraycopy(some[set], 0, all[set], next, some[set].length);
            }
            next += some[0].length;
        }
        return all;
    }

    /// One sweep on its network, which one thread uses at a time.
    private static final class OfSeries {
        private final Series series;
        private final Network network;

        /// All constants that the times of a sweep depend on.
        private record Inputs(CollectiveLibrary library, NetworkClass networkClass, double hostSeconds) {}

        OfSeries(Series series) {
            this.series = series;
            network = series.benchmark().network();
        }

        double[][] at(List<ConstantSet> sets) {
            Map<Inputs, double[]> known = new HashMap<>();
            Benchmark benchmark = series.benchmark();
            return sets.stream()
                    .map(set -> known.computeIfAbsent(
                            new Inputs(
                                    set.library(benchmark.node().library()),
                                    benchmark.networkClass(set),
                                    set.hostSeconds(benchmark.launch())),
                            inputs -> predicted(set)))
                    .toArray(double[][]::new);
        }

        private double[] predicted(ConstantSet set) {
            Benchmark.Timing timing = series.benchmark().timing(network, set);
            return series.rows().stream()
                    .mapToDouble(row -> Math.log(timing.seconds(row.bytes())))
                    .toArray();
        }
    }
}
