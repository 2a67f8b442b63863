// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A row with its prediction, or with the reason why there is none.
///
/// @param run the row
/// @param sketch the job as simulated; null where skipped
/// @param measuredSeconds time of a step; absent where skipped or where the run went out of memory
/// @param prediction null where skipped
/// @param assumed what rules and simulator supplied
/// @param skipped the reason; empty where simulated
public record ScoredRun(
        MeasuredRun run,
        @Nullable JobSketch sketch,
        OptionalDouble measuredSeconds,
        @Nullable Prediction prediction,
        List<String> assumed,
        String skipped) {
    public ScoredRun {
        assumed = List.copyOf(assumed);
        if ((prediction == null) == skipped.isEmpty()) {
            throw new IllegalArgumentException("row " + run.id() + " must have a prediction or a reason, not both");
        }
    }

    static ScoredRun skipped(MeasuredRun run, String reason, List<String> assumed) {
        return new ScoredRun(run, null, OptionalDouble.empty(), null, assumed, reason);
    }

    /// The same row as another simulator predicts it.
    public ScoredRun predictedBy(Prediction other) {
        return new ScoredRun(run, sketch, measuredSeconds, other, other.assumed(), "");
    }

    public boolean simulated() {
        return prediction != null;
    }

    /// Error of the predicted time in percent of the measured one; positive where the prediction is too slow.
    public OptionalDouble errorPct() {
        if (prediction == null || measuredSeconds.isEmpty()) {
            return OptionalDouble.empty();
        }
        double measured = measuredSeconds.getAsDouble();
        return OptionalDouble.of(100 * (prediction.stepSeconds() - measured) / measured);
    }

    /// The prediction in the row's own unit.
    public OptionalDouble predictedInUnit() {
        if (prediction == null || measuredSeconds.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = run.number(Column.VALUE).orElseThrow();
        double ratio = prediction.stepSeconds() / measuredSeconds.getAsDouble();
        boolean rate = run.text(Column.UNIT).matches(".*/s\\b.*");
        return OptionalDouble.of(rate ? value / ratio : value * ratio);
    }

    /// What the row's source measured of memory.
    PeakInstrument instrument() {
        return PeakInstrument.of(run.family(), sketch == null ? run.text(Column.STACK) : sketch.stack());
    }

    /// Measured peak memory of a GPU.
    public OptionalDouble memoryMeasuredBytes() {
        OptionalDouble stated = run.number(Column.PEAK_MEM_GB);
        return stated.isEmpty() ? stated : OptionalDouble.of(instrument().bytes(stated.getAsDouble()));
    }

    /// Predicted peak memory of a GPU, by the same instrument as the measured one.
    public OptionalDouble memoryPredictedBytes() {
        return prediction == null ? OptionalDouble.empty() : instrument().of(prediction);
    }
}
