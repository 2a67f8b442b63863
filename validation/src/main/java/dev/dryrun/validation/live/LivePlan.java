// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.validation.train.SmallJob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The jobs that are predicted and then trained; none of them is a probe of the calibration.
///
/// Two models are trained by many strategies each, so that their order can be judged; the others differ in widths,
/// lengths, layers and batches.
final class LivePlan {
    private static final SmallJob NARROW = SmallJob.of(4, 128, 4, 256, 128, 4, 2);
    private static final SmallJob WIDE = SmallJob.of(2, 256, 8, 512, 256, 2, 4);

    static final List<SmallJob> ALL = List.of(
            NARROW,
            NARROW.inMicroBatches(8, 1),
            NARROW.recomputing("full"),
            NARROW.withScores(),
            NARROW.withScores().recomputing("selective"),
            NARROW.inPrecision("bf16"),
            NARROW.inMicroBatches(4, 1).over(2, 1, 1),
            NARROW.over(1, 2, 1),
            NARROW.inMicroBatches(2, 4).over(1, 1, 2),
            NARROW.inMicroBatches(1, 8).over(1, 1, 2),
            WIDE,
            WIDE.recomputing("full"),
            WIDE.inPrecision("bf16"),
            WIDE.inMicroBatches(2, 2).over(2, 1, 1),
            WIDE.over(1, 2, 1),
            WIDE.over(1, 1, 2),
            WIDE.inMicroBatches(1, 8).over(1, 1, 2),
            SmallJob.of(1, 384, 6, 256, 128, 2, 2),
            SmallJob.of(3, 192, 6, 256, 64, 8, 1),
            SmallJob.of(2, 128, 2, 512, 384, 2, 1),
            SmallJob.of(6, 64, 2, 256, 128, 4, 1),
            SmallJob.of(2, 256, 4, 256, 192, 1, 4).withScores().recomputing("selective"),
            SmallJob.of(1, 512, 8, 1024, 64, 4, 1),
            SmallJob.of(3, 192, 6, 256, 128, 4, 1).inPrecision("bf16"),
            SmallJob.of(2, 192, 3, 256, 64, 2, 2).over(2, 1, 1),
            SmallJob.of(1, 384, 6, 256, 128, 4, 1).over(1, 2, 1));

    /// With more ranks than many machines have cores: that it runs is what is seen, no time is predicted.
    static final SmallJob FUNCTION_TEST = SmallJob.of(2, 128, 4, 256, 64, 2, 2).over(2, 2, 1);

    /// Enough to see that everything works.
    static final List<SmallJob> SHORT = List.of(
            SmallJob.of(1, 64, 2, 256, 64, 2, 1),
            SmallJob.of(1, 64, 2, 256, 64, 1, 1).over(2, 1, 1));

    private LivePlan() {}

    /// The job of a name, of whichever plan.
    static Optional<SmallJob> named(String name) {
        return Stream.of(ALL, SHORT, List.of(FUNCTION_TEST))
                .flatMap(List::stream)
                .filter(job -> job.name().equals(name))
                .findFirst();
    }
}
