// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.validation.published.measure.ScoredRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Measured runs and how each answers to each parameter, from which their times by other values follow without further
/// simulations.
///
/// @param rows the runs, simulated with the catalog as it is
/// @param parameters those that may move
/// @param responses of each run, by index of the parameter; absent where its time does not depend on it
/// @param corrections factor of each run's time, by which simulations with all parameters moved differ from the sum of
///     its responses
public record RunEvidence(
        List<ScoredRun> rows,
        List<RunParameter> parameters,
        List<SortedMap<Integer, Response>> responses,
        List<Double> corrections) {
    /// Least part of the catalog's time that responses may leave.
    private static final double LEAST_SHARE = 0.01;

    public RunEvidence {
        rows = List.copyOf(rows);
        parameters = List.copyOf(parameters);
        responses = List.copyOf(responses);
        corrections = List.copyOf(corrections);
    }

    /// Seconds of a run where parameters have such values, in standard deviations of their priors.
    double seconds(int row, double[] standard) {
        double base = Objects.requireNonNull(rows.get(row).prediction()).stepSeconds();
        double seconds = base;
        for (Map.Entry<Integer, Response> response : responses.get(row).entrySet()) {
            seconds += response.getValue().secondsAt(standard[response.getKey()]);
        }
        return Math.max(LEAST_SHARE * base, seconds) * corrections.get(row);
    }

    /// The same with corrections by simulations at such values.
    RunEvidence correctedAt(double[] standard, List<ScoredRun> simulated) {
        var factors = new ArrayList<Double>();
        for (int i = 0; i < rows.size(); i++) {
            double exact = Objects.requireNonNull(simulated.get(i).prediction()).stepSeconds();
            factors.add(corrections.get(i) * exact / seconds(i, standard));
        }
        return new RunEvidence(rows, parameters, responses, factors);
    }

    double measured(int row) {
        return rows.get(row).measuredSeconds().orElseThrow();
    }

    String family(int row) {
        return rows.get(row).run().family();
    }

    /// The catalog's values, in standard deviations of their priors.
    double[] catalog() {
        return parameters.stream()
                .mapToDouble(one -> one.prior().toStandard(one.value()))
                .toArray();
    }

    /// How many runs of the given ones each family has.
    Map<String, Integer> familySizes(List<Integer> chosen) {
        Map<String, Integer> sizes = new HashMap<>();
        chosen.forEach(row -> sizes.merge(family(row), 1, Integer::sum));
        return sizes;
    }

    /// Whether the time of a run depends on a parameter.
    public boolean reads(int row, int parameter) {
        return responses.get(row).containsKey(parameter);
    }

    /// The same where only some parameters may move.
    public RunEvidence only(List<Integer> kept) {
        List<SortedMap<Integer, Response>> fewer = new ArrayList<>();
        for (SortedMap<Integer, Response> all : responses) {
            SortedMap<Integer, Response> some = new TreeMap<>();
            all.forEach((parameter, response) -> {
                int index = kept.indexOf(parameter);
                if (index >= 0) {
                    some.put(index, response);
                }
            });
            fewer.add(some);
        }
        List<RunParameter> moving = kept.stream().map(parameters::get).toList();
        List<Double> uncorrected = rows.stream().map(row -> 1.0).toList();
        return new RunEvidence(rows, moving, fewer, uncorrected);
    }
}
