// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ZeroBubbleVTest extends PipelineScheduleContract {
    @Override
    PipelineSchedule schedule() {
        return new ZeroBubbleV();
    }

    @Override
    Shape shape(SplittableRandom random) {
        int stages = random.nextInt(1, 17);
        return new Shape(stages, 2, 2 * stages - 1 + random.nextInt(0, 33));
    }

    @Override
    Times times(SplittableRandom random) {
        long each = random.nextLong(1, 100);
        return new Times(each, each, each);
    }

    /// No stage idles between its first pass and its last (arXiv:2401.10241v2, section 6).
    @Override
    long makespan(Shape shape, Times times) {
        return 2L * shape.microBatches() * times.microBatch();
    }

    /// 2 p halves of a stage (arXiv:2401.10241v2, section 6: as much as 1F1B on every stage).
    @Override
    int inFlight(Shape shape, int stage) {
        return 2 * shape.stages();
    }

    /// Fewer micro-batches than fill the pipeline still end.
    @RepeatedTest(50)
    void runsWithFewMicroBatches(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        int stages = random.nextInt(1, 9);
        int microBatches = random.nextInt(1, 2 * stages);
        var pipeline = new UnitTimePipeline(schedule(), stages, 2, microBatches);
        assertTrue(pipeline.longestSpan(new Times(1, 1, 1)) >= 6L * microBatches);
    }

    @Test
    void takesTwoChunks() {
        assertEquals("chunks must be 2 with schedule zb-v, not 1", schedule().problemWith(4, 1, 8));
    }
}
