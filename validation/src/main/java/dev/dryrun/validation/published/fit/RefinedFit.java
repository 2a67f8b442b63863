// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.measure.Scoring.Progress;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// A fit to all rows of some evidence, its responses corrected by simulations at the best values, three rounds.
///
/// @param fit its evidence is the corrected one
/// @param fitted the rows simulated with the best values
public record RefinedFit(RunFit fit, Scoreboard fitted) {
    private static final int CORRECTIONS = 2;

    /// @param independent most runs of a family that count as independent
    public static RefinedFit of(
            StepSimulator simulator, RunEvidence evidence, int independent, IntFunction<Progress> progress) {
        List<Integer> all = IntStream.range(0, evidence.rows().size()).boxed().toList();
        List<MeasuredRun> runs = evidence.rows().stream().map(ScoredRun::run).toList();
        RunFit fit = RunFit.of(evidence, all, independent);
        Scoreboard fitted = simulated(simulator, fit, runs, progress);
        for (int i = 0; i < CORRECTIONS; i++) {
            RunEvidence corrected = fit.evidence().correctedAt(fit.standard(), fitted.runs());
            fit = RunFit.of(corrected, all, independent);
            fitted = simulated(simulator, fit, runs, progress);
        }
        return new RefinedFit(fit, fitted);
    }

    private static Scoreboard simulated(
            StepSimulator simulator, RunFit fit, List<MeasuredRun> runs, IntFunction<Progress> progress) {
        return simulator.with(fit.changes()).scoring().score(runs, progress.apply(runs.size()));
    }
}
