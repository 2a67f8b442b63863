// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.interval;

import dev.dryrun.scenario.evidence.JobFeatures;
import dev.dryrun.scenario.evidence.Residual;
import dev.dryrun.scenario.evidence.ResidualTable;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// Residuals of scored rows.
///
/// @param job makes a job of a sketch
public record RowResiduals(Function<JobSketch, TrainingJob> job) {
    /// The table that simulations derive their intervals from: the rows of quality A and B.
    public ResidualTable table(Scoreboard board) {
        List<Residual> rows = board.runs().stream()
                .filter(scored -> !scored.run().qualityC())
                .flatMap(this::of)
                .toList();
        return new ResidualTable(rows).withExpectations();
    }

    /// The residual of a row; none where it has no time, or where its parts do not make a job.
    Stream<Residual> of(ScoredRun scored) {
        if (scored.errorPct().isEmpty()) {
            return Stream.empty();
        }
        MeasuredRun run = scored.run();
        JobFeatures features;
        try {
            features = JobFeatures.of(job.apply(Objects.requireNonNull(scored.sketch())), scored.assumed());
        } catch (IllegalArgumentException refusal) {
            return Stream.empty();
        }
        double logError = -Math.log1p(scored.errorPct().getAsDouble() / 100);
        return Stream.of(new Residual(
                run.id(), run.family(), run.text(Column.SOURCE), run.text(Column.HARDWARE), features, logError));
    }
}
