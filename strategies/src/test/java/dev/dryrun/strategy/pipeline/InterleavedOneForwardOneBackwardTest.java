// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InterleavedOneForwardOneBackwardTest extends PipelineScheduleContract {
    @Override
    PipelineSchedule schedule() {
        return new InterleavedOneForwardOneBackward();
    }

    @Override
    Shape shape(SplittableRandom random) {
        int stages = random.nextInt(2, 17);
        return new Shape(stages, random.nextInt(2, 7), stages * random.nextInt(1, 9));
    }

    /// Bubble (p - 1)(f + b)/v on top of m (f + b), with f/v and b/v the times of a chunk (arXiv:2104.04473, section
    /// 2.2.2).
    @Override
    long makespan(Shape shape, Times times) {
        return ((long) shape.microBatches() * shape.chunks() + shape.stages() - 1) * times.microBatch();
    }

    /// The warm-up and the forward pass that follows it; everything where there are as many micro-batches as stages.
    @Override
    int inFlight(Shape shape, int stage) {
        if (shape.microBatches() == shape.stages()) {
            return shape.chunks() * shape.microBatches();
        }
        int warmUp = 2 * (shape.stages() - 1 - stage) + (shape.chunks() - 1) * shape.stages();
        return Math.min(warmUp + 1, shape.chunks() * shape.microBatches());
    }

    /// Figure 4 of arXiv:2104.04473 (lower half): device 1 of 4 with 2 chunks runs micro-batches 1 to 4 of its first
    /// chunk, then of its second, then 5 to 8.
    @Test
    void visitsChunksInGroupsOfStages() {
        int[] forwards = IntStream.of(schedule().order(0, 4, 2, 8))
                .filter(Pass::isForward)
                .toArray();
        int[] expected = new int[16];
        for (int position = 0; position < 16; position++) {
            expected[position] = Pass.forward(position / 4 % 2, position / 8 * 4 + position % 4);
        }
        assertArrayEquals(expected, forwards);
    }

    @Test
    void namesTheRuleThatIsBroken() {
        assertEquals(
                "micro-batches must be a multiple of the 4 stages with schedule interleaved-1f1b, not 6",
                schedule().problemWith(4, 2, 6));
        assertNotNull(schedule().problemWith(4, 1, 8));
        assertNotNull(schedule().problemWith(1, 2, 8));
    }
}
