// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoopedBreadthFirstTest extends PipelineScheduleContract {
    @Override
    PipelineSchedule schedule() {
        return new LoopedBreadthFirst();
    }

    @Override
    Shape shape(SplittableRandom random) {
        int stages = random.nextInt(1, 17);
        return new Shape(stages, random.nextInt(1, 7), stages + random.nextInt(0, 33));
    }

    /// As many micro-batches as stages keep every stage busy from chunk to chunk: what is left is (p - 1) passes of a
    /// chunk each way (arXiv:2211.05953, section 4).
    @Override
    long makespan(Shape shape, Times times) {
        return ((long) shape.microBatches() * shape.chunks() + shape.stages() - 1) * times.microBatch();
    }

    @Override
    int inFlight(Shape shape, int stage) {
        return shape.microBatches() * shape.chunks();
    }

    @Test
    void visitsChunksOneAfterTheOther() {
        int[] expected = {
            Pass.forward(0, 0), Pass.forward(0, 1), Pass.forward(1, 0), Pass.forward(1, 1),
            Pass.backward(1, 1), Pass.backward(1, 0), Pass.backward(0, 1), Pass.backward(0, 0)
        };
        assertArrayEquals(expected, schedule().order(1, 2, 2, 2));
    }
}
