// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DualPipeVTest extends PipelineScheduleContract {
    @Override
    PipelineSchedule schedule() {
        return new DualPipeV();
    }

    @Override
    Shape shape(SplittableRandom random) {
        int stages = random.nextInt(1, 17);
        return new Shape(stages, 2, 2 * stages + random.nextInt(0, 33));
    }

    /// (PP / 2 - 1) (F&B + b - 3 W) with PP = 2 p, b = B + W and a pair whose passes follow each other
    /// (arXiv:2412.19437, table 2).
    @Override
    long makespan(Shape shape, Times times) {
        long whole = times.inputGradient() + times.weightGradient();
        long bubble = (shape.stages() - 1) * (times.forward() + 2 * whole - 3 * times.weightGradient());
        return 2L * shape.microBatches() * times.microBatch() + bubble;
    }

    /// PP + 1 (arXiv:2412.19437, table 2).
    @Override
    int inFlight(Shape shape, int stage) {
        return 2 * shape.stages() + 1;
    }

    @Test
    void namesTheRuleThatIsBroken() {
        assertEquals(
                "chunks must be 2 with schedule dualpipe-v, not 1", schedule().problemWith(4, 1, 8));
        assertEquals(
                "micro-batches must be at least twice the 4 stages with schedule dualpipe-v, not 7",
                schedule().problemWith(4, 2, 7));
    }
}
