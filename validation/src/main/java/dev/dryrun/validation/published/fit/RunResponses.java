// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.measure.Predictor.Unpredictable;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.measure.Scoring.Progress;
import dev.dryrun.validation.published.simulate.CatalogChanges.Kind;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import dev.dryrun.validation.published.simulate.StepSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Simulates runs with each parameter moved to either side, one at a time, those parameters only that the run's stack,
/// site or accelerator has. About ten simulations a run; on several threads, with the same result on any number.
public final class RunResponses {
    /// Standard deviations of the prior by which simulations reach beyond the catalog's value and the prior's centre.
    private static final double REACH = 1;

    private static final double LEAST_DISTANCE = 1e-6;

    private final StepSimulator simulator;
    private final List<RunParameter> parameters;
    private final List<ScoredRun> rows;
    private final List<double[]> sides;

    /// @param rows simulated with the catalog as it is, each with a measured time
    public RunResponses(StepSimulator simulator, List<RunParameter> parameters, List<ScoredRun> rows) {
        this.simulator = simulator;
        this.parameters = List.copyOf(parameters);
        this.rows = List.copyOf(rows);
        this.sides = parameters.stream().map(RunResponses::sides).toList();
    }

    /// The lower and the upper value to simulate at, in standard deviations of the prior.
    private static double[] sides(RunParameter parameter) {
        Prior prior = parameter.prior();
        double catalog = prior.toStandard(parameter.value());
        double lowest = Math.max(prior.toStandard(prior.least()), Math.min(catalog, 0) - REACH);
        double highest = Math.min(prior.toStandard(prior.most()), Math.max(catalog, 0) + REACH);
        return new double[] {lowest, highest};
    }

    /// Runs and parameters that have to do with each other.
    private record Pair(int row, int parameter) {}

    private List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        for (int row = 0; row < rows.size(); row++) {
            JobSketch sketch = Objects.requireNonNull(rows.get(row).sketch());
            List<Place> places = List.of(
                    new Place(Kind.ACCELERATORS, simulator.accelerator(sketch)),
                    new Place(Kind.SITES, sketch.site()),
                    new Place(Kind.STACKS, sketch.stack()));
            for (int p = 0; p < parameters.size(); p++) {
                if (places.stream().anyMatch(parameters.get(p)::standsIn)) {
                    pairs.add(new Pair(row, p));
                }
            }
        }
        return pairs;
    }

    /// How many times [#simulate] reports progress.
    public int steps() {
        return pairs().size();
    }

    public RunEvidence simulate(Progress progress) {
        List<Optional<StepSimulator>> lower = moved(p -> sides.get(p)[0]);
        List<Optional<StepSimulator>> upper = moved(p -> sides.get(p)[1]);
        List<Pair> pairs = pairs();
        List<Optional<Response>> found = pairs.parallelStream()
                .map(pair -> {
                    var response = response(pair, lower.get(pair.parameter()), upper.get(pair.parameter()));
                    progress.done();
                    return response;
                })
                .toList();
        List<SortedMap<Integer, Response>> responses = new ArrayList<>();
        rows.forEach(row -> responses.add(new TreeMap<>()));
        for (int i = 0; i < found.size(); i++) {
            Pair pair = pairs.get(i);
            found.get(i).ifPresent(response -> responses.get(pair.row()).put(pair.parameter(), response));
        }
        return new RunEvidence(
                rows, parameters, responses, rows.stream().map(row -> 1.0).toList());
    }

    /// A simulator for each parameter, with that one moved; none where it is at its bound already.
    private List<Optional<StepSimulator>> moved(IntToDoubleFunction side) {
        List<Optional<StepSimulator>> simulators = new ArrayList<>();
        for (int p = 0; p < parameters.size(); p++) {
            RunParameter parameter = parameters.get(p);
            double standard = side.applyAsDouble(p);
            double value = parameter.prior().toValue(standard);
            boolean away = Math.abs(standard - parameter.prior().toStandard(parameter.value())) >= LEAST_DISTANCE;
            simulators.add(
                    away ? Optional.of(simulator.with(Moves.of(List.of(parameter), none -> value))) : Optional.empty());
        }
        return simulators;
    }

    /// None where the time does not depend on the parameter.
    private Optional<Response> response(Pair pair, Optional<StepSimulator> lower, Optional<StepSimulator> upper) {
        ScoredRun row = rows.get(pair.row());
        RunParameter parameter = parameters.get(pair.parameter());
        double[] below = lower.map(moved -> longer(row, moved)).orElse(new double[0]);
        double[] above = upper.map(moved -> longer(row, moved)).orElse(new double[0]);
        if ((below.length == 0 || below[0] == 0) && (above.length == 0 || above[0] == 0)) {
            return Optional.empty();
        }
        double[] side = sides.get(pair.parameter());
        double catalog = parameter.prior().toStandard(parameter.value());
        double[] at = IntStream.range(0, 3)
                .filter(i -> i == 1 || (i == 0 ? below : above).length > 0)
                .mapToDouble(i -> i == 0 ? side[0] : i == 1 ? catalog : side[1])
                .toArray();
        double[] seconds = IntStream.range(0, 3)
                .filter(i -> i == 1 || (i == 0 ? below : above).length > 0)
                .mapToDouble(i -> i == 0 ? below[0] : i == 1 ? 0 : above[0])
                .toArray();
        return Optional.of(new Response(at, seconds));
    }

    /// How much longer a job takes; empty where it cannot be simulated so.
    private static double[] longer(ScoredRun row, StepSimulator moved) {
        try {
            JobSketch sketch = Objects.requireNonNull(row.sketch());
            double base = Objects.requireNonNull(row.prediction()).stepSeconds();
            return new double[] {moved.predict(sketch).stepSeconds() - base};
        } catch (Unpredictable refused) {
            return new double[0];
        }
    }
}
