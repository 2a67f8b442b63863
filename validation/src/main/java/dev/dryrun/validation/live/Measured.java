// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.TrainedSpan;
import dev.dryrun.validation.train.TrainingFailure;
import dev.dryrun.validation.train.TrainingReport;
import java.util.List;

/// What one training of a job took.
///
/// @param round 0 or 1
/// @param stepSeconds mean of the fifth of the steps that took the least time
/// @param medianSeconds of all steps that count
/// @param peakBytes of the fullest rank
/// @param firstLoss of the first step
/// @param lastLoss mean of the last tenth of the steps
/// @param spans of each rank's quickest step
record Measured(
        SmallJob job,
        int round,
        double stepSeconds,
        double medianSeconds,
        long peakBytes,
        double firstLoss,
        double lastLoss,
        List<TrainedSpan> spans) {
    Measured {
        spans = List.copyOf(spans);
    }

    /// @throws TrainingFailure where the loss is no number
    static Measured of(SmallJob job, int round, TrainingReport report) {
        if (!Double.isFinite(report.firstLoss()) || !Double.isFinite(report.lastLoss())) {
            throw new TrainingFailure("the loss of " + job.name() + " went from " + report.firstLoss() + " to "
                    + report.lastLoss() + "; it must stay a number");
        }
        return new Measured(
                job,
                round,
                report.quietStepSeconds(),
                report.stepSeconds(0.5),
                report.peakBytes(),
                report.firstLoss(),
                report.lastLoss(),
                report.spans());
    }
}
