// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.validation.train.SmallJob;

/// A job, what was predicted and what was measured.
///
/// @param measured in the order of the rounds
record LiveRow(LivePrediction predicted, Rounds measured) {
    /// The same training twice, all other jobs between.
    record Rounds(Measured first, Measured second) {
        double stepSeconds() {
            return (first.stepSeconds() + second.stepSeconds()) / 2;
        }

        /// How far apart the rounds are, in percent of their mean: what no prediction can be better than.
        double noisePct() {
            return 100 * Math.abs(first.stepSeconds() - second.stepSeconds()) / stepSeconds();
        }

        /// The one whose quiet steps were the shorter.
        Measured quicker() {
            return first.stepSeconds() <= second.stepSeconds() ? first : second;
        }

        /// Whether both took less time than both of the other.
        boolean shorterThan(Rounds other) {
            return Math.max(first.stepSeconds(), second.stepSeconds())
                    < Math.min(other.first.stepSeconds(), other.second.stepSeconds());
        }

        long peakBytes() {
            return Math.max(first.peakBytes(), second.peakBytes());
        }
    }

    SmallJob job() {
        return predicted.job();
    }

    /// Positive where too long a step was predicted.
    double errorPct() {
        return 100 * (predicted.stepSeconds() / measured.stepSeconds() - 1);
    }

    /// Positive where too much memory was predicted.
    double memoryErrorPct() {
        return 100 * (predicted.peakBytes() / measured.peakBytes() - 1);
    }

    boolean covered() {
        return predicted.interval().lowSeconds() <= measured.stepSeconds()
                && measured.stepSeconds() <= predicted.interval().highSeconds();
    }
}
