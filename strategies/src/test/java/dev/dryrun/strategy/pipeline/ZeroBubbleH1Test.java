// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZeroBubbleH1Test extends PipelineScheduleContract {
    @Override
    PipelineSchedule schedule() {
        return new ZeroBubbleH1();
    }

    @Override
    Shape shape(SplittableRandom random) {
        int stages = random.nextInt(1, 17);
        return new Shape(stages, 1, stages + random.nextInt(0, 33));
    }

    /// Table 1 of arXiv:2401.10241. The last stage begins after (p - 1) F, leaves out p - 1 weight gradients until its
    /// last input gradient, and (p - 1) B and the last W later the first stage is done.
    @Override
    long makespan(Shape shape, Times times) {
        long bubble = (shape.stages() - 1) * (times.forward() + times.inputGradient() - times.weightGradient());
        return shape.microBatches() * times.microBatch() + bubble;
    }

    @Override
    int inFlight(Shape shape, int stage) {
        return shape.stages();
    }

    /// Figure 3 of arXiv:2401.10241 (top): the last of 4 devices is 3 weight gradients behind, the first none.
    @Test
    void laterStagesPutOffMoreWeightGradients() {
        int[] last = {
            Pass.forward(0, 0),
            Pass.inputGradient(0, 0),
            Pass.forward(0, 1),
            Pass.inputGradient(0, 1),
            Pass.weightGradient(0, 0),
            Pass.weightGradient(0, 1)
        };
        int[] first = {
            Pass.forward(0, 0),
            Pass.forward(0, 1),
            Pass.inputGradient(0, 0),
            Pass.weightGradient(0, 0),
            Pass.inputGradient(0, 1),
            Pass.weightGradient(0, 1)
        };
        assertArrayEquals(last, schedule().order(1, 2, 1, 2));
        assertArrayEquals(first, schedule().order(0, 2, 1, 2));
    }

    @Test
    void takesOneChunk() {
        assertEquals("chunks must be 1 with schedule zb-h1, not 2", schedule().problemWith(4, 2, 8));
    }
}
