// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import dev.dryrun.validation.published.kernel.table.MeasuredKernel;
import java.util.OptionalDouble;

/// A measured kernel with its prediction.
///
/// @param accelerator catalog name, the source's where the catalog has none
/// @param skipped why there is no prediction, empty where there is one
public record ScoredKernel(
        MeasuredKernel row, String accelerator, FitRole role, OptionalDouble predictedSeconds, String skipped) {
    public boolean predicted() {
        return predictedSeconds.isPresent();
    }

    /// (predicted - measured) / measured.
    public double error() {
        return predictedSeconds.orElseThrow() / row.seconds() - 1;
    }

    public TimeRegime regime() {
        return TimeRegime.of(row.seconds());
    }
}
