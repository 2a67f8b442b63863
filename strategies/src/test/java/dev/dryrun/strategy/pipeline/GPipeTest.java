// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GPipeTest extends PipelineScheduleContract {
    @Override
    PipelineSchedule schedule() {
        return new GPipe();
    }

    @Override
    Shape shape(SplittableRandom random) {
        return new Shape(random.nextInt(1, 17), 1, random.nextInt(1, 65));
    }

    /// The last forward reaches the last stage after (m + p - 1) f, the backwards mirror it (arXiv:1811.06965, section
    /// 2.3).
    @Override
    long makespan(Shape shape, Times times) {
        return (shape.microBatches() + shape.stages() - 1) * times.microBatch();
    }

    @Override
    int inFlight(Shape shape, int stage) {
        return shape.microBatches();
    }

    @Test
    void takesOneChunk() {
        assertEquals("chunks must be 1 with schedule gpipe, not 2", schedule().problemWith(4, 2, 8));
        assertNotNull(schedule().problemWith(4, 1, Pass.MICRO_BATCH_LIMIT));
    }
}
