// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.MappedRun;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Predicts rows on several threads; the result does not depend on their number.
public final class Scoring {
    /// Hears of every row that is done; called from several threads.
    @FunctionalInterface
    public interface Progress {
        void done();
    }

    private final Predictor predictor;

    private final RunMapping mapping;

    /// @param mapping makes jobs of rows
    /// @param predictor is judged
    public Scoring(RunMapping mapping, Predictor predictor) {
        this.mapping = mapping;
        this.predictor = predictor;
    }

    /// Predicts all rows, on as many threads as the machine has cores, and judges them.
    public Scoreboard score(List<MeasuredRun> runs, Progress progress) {
        List<ScoredRun> scored = runs.parallelStream()
                .map(run -> {
                    ScoredRun one = score(run);
                    progress.done();
                    return one;
                })
                .toList();
        return Scoreboard.of(scored);
    }

    private ScoredRun score(MeasuredRun run) {
        return switch (mapping.map(run)) {
            case MappedRun.Skipped(String reason, List<String> assumed) -> ScoredRun.skipped(run, reason, assumed);
            case MappedRun.Simulable(JobSketch sketch, List<String> assumed) -> predict(run, sketch, assumed);
        };
    }

    private ScoredRun predict(MeasuredRun run, JobSketch mapped, List<String> rules) {
        var assumed = new ArrayList<>(rules);
        OptionalDouble seconds = OptionalDouble.empty();
        JobSketch sketch;
        try {
            sketch = predictor.settle(mapped, assumed);
        } catch (Predictor.Unpredictable refusal) {
            return ScoredRun.skipped(run, refusal.reason(), assumed);
        }
        if (!run.ranOutOfMemory()) {
            seconds = StepTime.seconds(run, sketch, assumed);
            if (seconds.isEmpty()) {
                return ScoredRun.skipped(run, "unit \"" + run.text(Column.UNIT) + "\" is unknown", assumed);
            }
        }
        try {
            Prediction prediction = predictor.predict(sketch);
            assumed.addAll(prediction.assumed());
            return new ScoredRun(run, sketch, seconds, prediction, assumed, "");
        } catch (Predictor.Unpredictable refusal) {
            return ScoredRun.skipped(run, refusal.reason(), assumed);
        }
    }
}
