// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZeroBubbleH2Test extends PipelineScheduleContract {
    @Override
    PipelineSchedule schedule() {
        return new ZeroBubbleH2();
    }

    @Override
    Shape shape(SplittableRandom random) {
        int stages = random.nextInt(1, 17);
        return new Shape(stages, 1, 2 * stages - 1 + random.nextInt(0, 33));
    }

    /// Table 1 of arXiv:2401.10241; with F = B = W no stage idles between its first pass and its last.
    @Override
    long makespan(Shape shape, Times times) {
        long bubble = (shape.stages() - 1) * (times.forward() + times.inputGradient() - 2 * times.weightGradient());
        return shape.microBatches() * times.microBatch() + bubble;
    }

    @Override
    int inFlight(Shape shape, int stage) {
        return 2 * shape.stages() - 1;
    }

    @Test
    void fillsThePipelineTwice() {
        int[] expected = {
            Pass.forward(0, 0),
            Pass.forward(0, 1),
            Pass.forward(0, 2),
            Pass.inputGradient(0, 0),
            Pass.weightGradient(0, 0),
            Pass.inputGradient(0, 1),
            Pass.weightGradient(0, 1),
            Pass.inputGradient(0, 2),
            Pass.weightGradient(0, 2)
        };
        assertArrayEquals(expected, schedule().order(0, 2, 1, 3));
    }

    @Test
    void takesOneChunk() {
        assertEquals("chunks must be 1 with schedule zb-h2, not 2", schedule().problemWith(4, 2, 8));
    }
}
