// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.validation.drawn.AbsoluteErrorFit;
import dev.dryrun.validation.drawn.DrawnModel;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The constants of a site by its benchmarks.
///
/// All constants that matter on the machine are fitted first. Those of which the logs say less than is known without
/// them, so that the variance stays above half of that of sites, go back to the catalog's values, and the others are
/// fitted once more beside these: a file that holds the others only must predict by itself what was measured. Ranges
/// are those of the first fit, in which nothing is taken for known.
///
/// @param values of the constants that the logs identify, and of the host cost
/// @param knowledge of each constant that matters, in their order
record SiteFit(SiteEvidence evidence, SiteValues values, Map<SiteConstant, Knowledge> knowledge) {
    /// Half of the range from the 10th to the 90th percentile of a normal distribution, in standard deviations.
    private static final double TENTH = 1.2816;

    private static final double MOST_VARIANCE = 0.5;

    /// How well a constant is known.
    ///
    /// @param deviation standard deviation in the logarithm, logs and what draws it together
    /// @param spread the same without logs
    record Knowledge(double deviation, double spread) {
        /// Part of what is known that the logs say: 1 less the part of the variance that they leave.
        double byLogs() {
            return Math.max(0, 1 - deviation * deviation / (spread * spread));
        }

        boolean identified() {
            return byLogs() >= 1 - MOST_VARIANCE;
        }

        /// Factor from the value to either end of the range from the 10th to the 90th percentile.
        double factor() {
            return Math.exp(TENTH * deviation);
        }
    }

    SiteFit {
        knowledge = Collections.unmodifiableMap(new EnumMap<>(knowledge));
    }

    static SiteFit of(SiteEvidence evidence) {
        List<SiteConstant> all = Stream.of(SiteConstant.values())
                .filter(constant -> constant.matters(evidence.machine()))
                .filter(constant -> constant != SiteConstant.HOST || hasHost(evidence))
                .toList();
        double[] deviations = new Search(evidence, all).deviations();
        Map<SiteConstant, Knowledge> knowledge = new EnumMap<>(SiteConstant.class);
        for (int i = 0; i < all.size(); i++) {
            knowledge.put(all.get(i), new Knowledge(deviations[i], all.get(i).spread()));
        }
        List<SiteConstant> kept = all.stream()
                .filter(constant -> constant == SiteConstant.HOST
                        || Objects.requireNonNull(knowledge.get(constant)).identified())
                .toList();
        double[] x = new Search(evidence, kept).best();
        return new SiteFit(evidence, values(evidence.machine(), kept, x), knowledge);
    }

    private static boolean hasHost(SiteEvidence evidence) {
        return evidence.series().stream().anyMatch(one -> switch (one.launch()) {
            case MPI -> false;
            case ONE_PROCESS, PYTHON_LOOP -> true;
        });
    }

    private static SiteValues values(Machine machine, List<SiteConstant> free, double[] x) {
        Map<SiteConstant, Double> values = new EnumMap<>(SiteConstant.class);
        for (int i = 0; i < x.length; i++) {
            values.put(free.get(i), Math.exp(x[i]));
        }
        return new SiteValues(machine, values);
    }

    Knowledge of(SiteConstant constant) {
        return Objects.requireNonNull(knowledge.get(constant));
    }

    /// Constants that the logs identify and a file can hold.
    List<SiteConstant> identified() {
        return knowledge.keySet().stream()
                .filter(constant ->
                        constant != SiteConstant.HOST && of(constant).identified())
                .toList();
    }

    /// From the 10th to the 90th percentile.
    String range(SiteConstant constant) {
        double value = values.of(constant);
        double factor = of(constant).factor();
        return constant.text(value / factor) + " to " + constant.text(constant.bounded(value * factor));
    }

    /// Some constants in search of their values, the others as in the catalog; logarithms of SI units.
    private record Search(SiteEvidence evidence, List<SiteConstant> free) implements DrawnModel {
        private AbsoluteErrorFit fit() {
            return new AbsoluteErrorFit(this, evidence.measured(), evidence.weights());
        }

        double[] best() {
            double[] centre = free.stream()
                    .mapToDouble(constant -> Math.log(constant.catalog(evidence.machine())))
                    .toArray();
            List<Integer> rates = IntStream.range(0, free.size())
                    .filter(i -> free.get(i).isRate())
                    .boxed()
                    .toList();
            return free.isEmpty() ? centre : new RateScan(fit(), centre, rates).best();
        }

        double[] deviations() {
            return fit().at(best()).deviations();
        }

        @Override
        public int parameters() {
            return free.size();
        }

        @Override
        public double[][] at(List<double[]> sets) {
            return sets.stream()
                    .map(x -> evidence.predicted(values(evidence.machine(), free, x)))
                    .toArray(double[][]::new);
        }

        @Override
        public double drawnTo(double[] set, int parameter) {
            return Math.log(free.get(parameter).catalog(evidence.machine()));
        }

        @Override
        public double spread(int parameter) {
            return free.get(parameter).spread();
        }
    }
}
