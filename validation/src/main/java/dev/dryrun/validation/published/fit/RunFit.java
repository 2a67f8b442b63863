// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.validation.drawn.AbsoluteErrorFit;
import dev.dryrun.validation.drawn.DrawnModel;
import dev.dryrun.validation.published.simulate.CatalogChanges;
import java.util.List;
import java.util.Map;

/// The parameters by which chosen runs come out best, each drawn to its prior.
///
/// Least sum of weighted absolute logarithmic errors of time and of squared distances from the priors. A family counts
/// as so many runs that err independently, or as many as it has; a run's error is as usual for predictions of steps, 5
/// % in the mean (so the weight of one is 2 / 0.05: twice the negative logarithm of a Laplace density, as the squares
/// are twice that of a normal one).
///
/// @param standard values in standard deviations of the priors, within bounds
/// @param deviations what is left of the priors' widths, as a share
public record RunFit(RunEvidence evidence, double[] standard, double[] deviations) {
    private static final double USUAL_ERROR = 0.05;

    /// Runs of a published family that count as independent, however many it has, so that families weigh equally.
    public static final int OF_A_FAMILY = 4;

    /// A parameter is identified where runs leave at most half of the prior's variance.
    private static final double MOST_VARIANCE = 0.5;

    /// Fits to some of the rows.
    ///
    /// @param independent most runs of a family that count as independent
    public static RunFit of(RunEvidence evidence, List<Integer> chosen, int independent) {
        var model = new Model(evidence, chosen);
        double[] measured = chosen.stream()
                .mapToDouble(row -> Math.log(evidence.measured(row)))
                .toArray();
        Map<String, Integer> sizes = evidence.familySizes(chosen);
        double[] weights = chosen.stream()
                .mapToDouble(row -> {
                    int size = sizes.getOrDefault(evidence.family(row), 1);
                    return 2 / USUAL_ERROR * Math.min(size, independent) / size;
                })
                .toArray();
        int count = model.parameters();
        if (count == 0 || chosen.isEmpty()) {
            double[] unmoved = new double[count];
            java.util.Arrays.fill(unmoved, 1);
            return new RunFit(evidence, new double[count], unmoved);
        }
        var fit = new AbsoluteErrorFit(model, measured, weights);
        double[] best = fit.from(evidence.catalog());
        double[] other = fit.from(new double[count]);
        if (fit.cost(other) < fit.cost(best)) {
            best = other;
        }
        double[] deviations = fit.at(best).deviations();
        return new RunFit(evidence, model.bounded(best), deviations);
    }

    /// Value of a parameter.
    public double value(int parameter) {
        return evidence.parameters().get(parameter).prior().toValue(standard[parameter]);
    }

    /// Whether the runs say more of a parameter than was known without them.
    public boolean identified(int parameter) {
        return deviations[parameter] * deviations[parameter] <= MOST_VARIANCE;
    }

    /// The catalog with these values.
    public CatalogChanges changes() {
        return Moves.of(evidence.parameters(), this::value);
    }

    /// Logarithms of the times of chosen rows.
    private record Model(RunEvidence evidence, List<Integer> chosen) implements DrawnModel {
        @Override
        public int parameters() {
            return evidence.parameters().size();
        }

        @Override
        public double[][] at(List<double[]> sets) {
            return sets.stream().map(this::logSeconds).toArray(double[][]::new);
        }

        private double[] logSeconds(double[] set) {
            double[] within = bounded(set);
            return chosen.stream()
                    .mapToDouble(row -> Math.log(evidence.seconds(row, within)))
                    .toArray();
        }

        double[] bounded(double[] set) {
            double[] within = new double[set.length];
            for (int i = 0; i < set.length; i++) {
                Prior prior = evidence.parameters().get(i).prior();
                within[i] = Math.clamp(set[i], prior.toStandard(prior.least()), prior.toStandard(prior.most()));
            }
            return within;
        }

        @Override
        public double drawnTo(double[] set, int parameter) {
            return 0;
        }

        @Override
        public double spread(int parameter) {
            return 1;
        }
    }
}
