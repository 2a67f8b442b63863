// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.measure.Scoring.Progress;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Predictions of runs that took no part in any fit: each group of sources is left out in turn, the constants that runs
/// gave are fitted to the other groups, and the group is simulated with these. What no other group identifies is at its
/// prior. Rows of quality C take part in nothing.
public final class LeaveOut {
    private final Catalog catalog;
    private final StepSimulator simulator;
    private final IntFunction<Progress> progress;

    /// @param progress hears of a number of simulations to come, then of each
    public LeaveOut(Catalog catalog, IntFunction<Progress> progress) {
        this.catalog = catalog;
        this.simulator = new StepSimulator(catalog);
        this.progress = progress;
    }

    /// A group that was left out.
    ///
    /// @param families it consists of
    /// @param rows indices of its rows
    /// @param fit to all other rows
    public record Group(List<String> families, List<Integer> rows, RunFit fit) {
        public Group {
            families = List.copyOf(families);
            rows = List.copyOf(rows);
        }
    }

    /// The three predictions of each row, judged.
    ///
    /// @param catalog with constants as in the catalog
    /// @param everything with constants fitted to all rows
    /// @param leftOut with constants fitted to the rows of other groups
    /// @param fit to all rows
    public record Result(
            Scoreboard catalog, Scoreboard everything, Scoreboard leftOut, RunFit fit, List<Group> groups) {
        public Result {
            groups = List.copyOf(groups);
        }
    }

    public Result of(List<MeasuredRun> runs) {
        List<MeasuredRun> sound = runs.stream()
                .filter(run -> !run.qualityC() && !run.ranOutOfMemory())
                .toList();
        Scoreboard board = simulated(simulator, sound);
        List<ScoredRun> rows = board.runs().stream()
                .filter(row -> row.simulated() && row.measuredSeconds().isPresent())
                .toList();
        var responses = new RunResponses(simulator, RunConstants.of(catalog), rows);
        RunEvidence evidence = responses.simulate(progress.apply(responses.steps()));
        RefinedFit everything = RefinedFit.of(simulator, evidence, RunFit.OF_A_FAMILY, progress);
        List<MeasuredRun> measured = rows.stream().map(ScoredRun::run).toList();
        List<Group> groups = groups(everything.fit().evidence(), measured);
        return new Result(
                Scoreboard.of(rows), everything.fitted(), leftOut(groups, measured), everything.fit(), groups);
    }

    private static List<Group> groups(RunEvidence evidence, List<MeasuredRun> measured) {
        return SourceGroups.of(measured).stream()
                .map(families -> {
                    List<Integer> own = indices(measured, families, true);
                    return new Group(
                            families, own, RunFit.of(evidence, indices(measured, families, false), RunFit.OF_A_FAMILY));
                })
                .toList();
    }

    private static List<Integer> indices(List<MeasuredRun> runs, List<String> families, boolean within) {
        return IntStream.range(0, runs.size())
                .filter(i -> families.contains(runs.get(i).family()) == within)
                .boxed()
                .toList();
    }

    /// Each group simulated by what the others say, in the order of the table.
    private Scoreboard leftOut(List<Group> groups, List<MeasuredRun> runs) {
        List<ScoredRun> scored = new ArrayList<>(runs.stream()
                .map(run ->
                        new ScoredRun(run, null, java.util.OptionalDouble.empty(), null, List.of(), "not simulated"))
                .toList());
        for (Group group : groups) {
            List<MeasuredRun> own = group.rows().stream().map(runs::get).toList();
            List<ScoredRun> blind =
                    simulated(simulator.with(group.fit().changes()), own).runs();
            for (int i = 0; i < own.size(); i++) {
                scored.set(group.rows().get(i), blind.get(i));
            }
        }
        return Scoreboard.of(scored);
    }

    private Scoreboard simulated(StepSimulator by, List<MeasuredRun> runs) {
        Progress heard = progress.apply(runs.size());
        return by.scoring().score(runs, heard);
    }
}
