// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.validation.drawn.AbsoluteErrorFit;
import dev.dryrun.validation.drawn.DrawnModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Latency and rate of all-reduces between two ranks: seconds = base + bytes / rate.
///
/// Who comes first waits for the other, so of the two ranks the shorter time counts.
///
/// @param errorPct mean absolute error
record ExchangeFit(double baseSeconds, double bytesPerSecond, double errorPct, int sizes) {
    private static final double BASE = 100e-6;
    private static final double RATE = 5e8;
    private static final double WEIGHT = 25;

    private record Size(double bytes, double seconds) {}

    static ExchangeFit of(List<Probe> probes) {
        List<Size> sizes = new java.util.ArrayList<>();
        for (Probe probe : probes) {
            Map<String, Size> shortest = new TreeMap<>();
            for (Probe.Timed timed : probe.kernels()) {
                if (timed.name().startsWith("all-reduce ")) {
                    shortest.merge(
                            timed.name() + timed.shape(),
                            new Size(timed.size(), timed.seconds()),
                            (a, b) -> a.seconds() < b.seconds() ? a : b);
                }
            }
            sizes.addAll(shortest.values());
        }
        if (sizes.isEmpty()) {
            return new ExchangeFit(BASE, RATE, 0, 0);
        }
        var model = new Model(sizes);
        double[] measured =
                sizes.stream().mapToDouble(size -> Math.log(size.seconds())).toArray();
        double[] weights = new double[measured.length];
        java.util.Arrays.fill(weights, WEIGHT);
        double[] best = new AbsoluteErrorFit(model, measured, weights).from(new double[2]);
        double[] predicted = model.at(best);
        double error = 0;
        for (int i = 0; i < measured.length; i++) {
            error += 100 * Math.abs(Math.expm1(predicted[i] - measured[i])) / measured.length;
        }
        return new ExchangeFit(BASE * Math.exp(best[0]), RATE * Math.exp(best[1]), error, measured.length);
    }

    private record Model(List<Size> sizes) implements DrawnModel {
        @Override
        public int parameters() {
            return 2;
        }

        @Override
        public double[][] at(List<double[]> sets) {
            return sets.stream()
                    .map(set -> sizes.stream()
                            .mapToDouble(size ->
                                    Math.log(BASE * Math.exp(set[0]) + size.bytes() / (RATE * Math.exp(set[1]))))
                            .toArray())
                    .toArray(double[][]::new);
        }

        @Override
        public double drawnTo(double[] set, int parameter) {
            return 0;
        }

        @Override
        public double spread(int parameter) {
            return 2;
        }
    }
}
