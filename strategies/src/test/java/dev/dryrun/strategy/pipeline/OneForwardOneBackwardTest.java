// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OneForwardOneBackwardTest extends PipelineScheduleContract {
    @Override
    PipelineSchedule schedule() {
        return new OneForwardOneBackward();
    }

    @Override
    Shape shape(SplittableRandom random) {
        return new Shape(random.nextInt(1, 17), 1, random.nextInt(1, 65));
    }

    /// Bubble (p - 1)(f + b) on top of m (f + b) (arXiv:2104.04473, section 2.2.1).
    @Override
    long makespan(Shape shape, Times times) {
        return (shape.microBatches() + shape.stages() - 1) * times.microBatch();
    }

    @Override
    int inFlight(Shape shape, int stage) {
        return Math.min(shape.stages() - stage, shape.microBatches());
    }

    @Test
    void fillsThenAlternatesThenDrains() {
        int[] expected = {
            Pass.forward(0, 0),
            Pass.forward(0, 1),
            Pass.backward(0, 0),
            Pass.forward(0, 2),
            Pass.backward(0, 1),
            Pass.backward(0, 2)
        };
        assertArrayEquals(expected, schedule().order(2, 4, 1, 3));
    }

    @Test
    void takesOneChunk() {
        assertEquals("chunks must be 1 with schedule 1f1b, not 3", schedule().problemWith(4, 3, 8));
    }
}
