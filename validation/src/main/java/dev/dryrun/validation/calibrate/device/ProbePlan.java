// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.validation.train.SmallJob;
import java.util.List;

/// The probes, those that tell most first: widths, lengths and micro-batches apart from each other, so that what a call
/// costs, what a byte costs and what an operation costs can be told apart.
public final class ProbePlan {
    private ProbePlan() {}

    /// All of them.
    public static final List<SmallJob> ALL = List.of(
            SmallJob.of(2, 64, 4, 256, 64, 2, 2),
            SmallJob.of(1, 256, 4, 512, 128, 4, 1),
            SmallJob.of(1, 128, 4, 256, 64, 4, 2).over(2, 1, 1),
            SmallJob.of(1, 192, 6, 256, 64, 4, 2).over(1, 2, 1),
            SmallJob.of(2, 128, 4, 256, 128, 2, 2).inPrecision("bf16"),
            SmallJob.of(1, 128, 2, 1024, 256, 2, 2),
            SmallJob.of(1, 384, 6, 256, 64, 2, 2),
            SmallJob.of(1, 128, 4, 256, 128, 4, 2).withScores(),
            SmallJob.of(1, 256, 4, 512, 64, 4, 1).inPrecision("bf16"),
            SmallJob.of(1, 320, 5, 512, 128, 2, 1).over(2, 1, 1),
            SmallJob.of(1, 128, 4, 256, 192, 4, 2).over(1, 2, 1),
            SmallJob.of(1, 128, 8, 256, 96, 4, 2).inPrecision("bf16"),
            SmallJob.of(2, 192, 3, 256, 96, 8, 1),
            SmallJob.of(1, 512, 8, 512, 128, 2, 1),
            SmallJob.of(1, 192, 6, 256, 192, 2, 1).withScores(),
            SmallJob.of(1, 384, 6, 256, 192, 2, 1).inPrecision("bf16"),
            SmallJob.of(2, 64, 2, 256, 96, 8, 1).over(2, 1, 1),
            SmallJob.of(1, 160, 5, 256, 160, 4, 1).inPrecision("bf16"),
            SmallJob.of(1, 64, 2, 512, 320, 4, 1),
            SmallJob.of(1, 320, 10, 256, 64, 8, 1),
            SmallJob.of(1, 96, 3, 256, 64, 8, 2).inPrecision("bf16"),
            SmallJob.of(3, 96, 3, 256, 128, 1, 3),
            SmallJob.of(1, 64, 2, 256, 256, 4, 1).withScores(),
            SmallJob.of(1, 256, 8, 256, 320, 2, 1));
}
