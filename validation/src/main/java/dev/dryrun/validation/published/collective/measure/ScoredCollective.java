// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.measure;

import dev.dryrun.validation.published.collective.table.MeasuredCollective;
import java.util.OptionalDouble;

/// A row with its prediction, or with the reason why there is none.
///
/// @param predictedSeconds empty where skipped
/// @param algorithm that the library is thought to take, with its protocol; empty where skipped
/// @param skipped the reason; empty where predicted
public record ScoredCollective(
        MeasuredCollective row, OptionalDouble predictedSeconds, String algorithm, String skipped) {
    public ScoredCollective {
        if (predictedSeconds.isPresent() != skipped.isEmpty()) {
            throw new IllegalArgumentException("row " + row.id() + " must have a prediction or a reason, not both");
        }
    }

    static ScoredCollective skipped(MeasuredCollective row, String reason) {
        return new ScoredCollective(row, OptionalDouble.empty(), "", reason);
    }

    public boolean predicted() {
        return predictedSeconds.isPresent();
    }

    /// Whether the row counts in the figures of its system.
    boolean counts() {
        return predicted() && row.suspicious().isEmpty();
    }

    public SizeRegime regime() {
        return SizeRegime.of(row.bytes());
    }

    /// predicted / measured - 1; positive where the prediction is too slow.
    public double error() {
        return predictedSeconds.orElseThrow() / row.seconds() - 1;
    }
}
