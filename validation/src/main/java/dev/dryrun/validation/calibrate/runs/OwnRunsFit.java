// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.validation.published.fit.OwnConstants;
import dev.dryrun.validation.published.fit.RefinedFit;
import dev.dryrun.validation.published.fit.RunEvidence;
import dev.dryrun.validation.published.fit.RunFit;
import dev.dryrun.validation.published.fit.RunParameter;
import dev.dryrun.validation.published.fit.RunResponses;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.measure.Scoring.Progress;
import dev.dryrun.validation.published.simulate.CatalogChanges.Kind;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import dev.dryrun.validation.published.simulate.StepSimulator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The constants of stacks and sites by one's own runs.
///
/// All that can move is fitted first. What the runs do not identify goes back to the catalog's value, and the others
/// are fitted once more beside it: a file that holds these only must predict by itself what was measured. Every run
/// counts as independent: what the runs of one machine have in common is what the fit is to find.
///
/// @param all the first fit
/// @param kept indices of the parameters that it identifies
/// @param fit of these alone
record OwnRunsFit(RunFit all, List<Integer> kept, RefinedFit fit) {
    /// @param rows simulated by the simulator, each with a measured time
    static OwnRunsFit of(
            Catalog catalog, StepSimulator simulator, List<ScoredRun> rows, IntFunction<Progress> progress) {
        List<RunParameter> parameters = OwnConstants.of(catalog, places(rows), network(simulator, rows));
        var responses = new RunResponses(simulator, parameters, rows);
        RunEvidence evidence = responses.simulate(progress.apply(responses.steps()));
        RunFit all = RefinedFit.of(simulator, evidence, rows.size(), progress).fit();
        List<Integer> kept = IntStream.range(0, parameters.size())
                .filter(all::identified)
                .boxed()
                .toList();
        return new OwnRunsFit(all, kept, RefinedFit.of(simulator, evidence.only(kept), rows.size(), progress));
    }

    /// Stacks and sites of runs.
    private static List<Place> places(List<ScoredRun> rows) {
        var places = new TreeSet<Place>();
        for (ScoredRun row : rows) {
            JobSketch sketch = Objects.requireNonNull(row.sketch());
            places.add(new Place(Kind.STACKS, sketch.stack()));
            places.add(new Place(Kind.SITES, sketch.site()));
        }
        return List.copyOf(places);
    }

    /// The network of the first run that spans several nodes.
    private static @Nullable NetworkClass network(StepSimulator simulator, List<ScoredRun> rows) {
        for (ScoredRun row : rows) {
            JobSketch sketch = Objects.requireNonNull(row.sketch());
            if (sketch.nodes() > 1) {
                return simulator.network(sketch);
            }
        }
        return null;
    }
}
