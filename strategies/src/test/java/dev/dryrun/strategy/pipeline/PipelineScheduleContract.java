// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What every pipeline schedule must keep; each schedule's test extends it.
abstract class PipelineScheduleContract {
    record Shape(int stages, int chunks, int microBatches) {}

    abstract PipelineSchedule schedule();

    /// A shape that the schedule accepts.
    abstract Shape shape(SplittableRandom random);

    /// Closed form of the step with passes of a chunk that take these times.
    abstract long makespan(Shape shape, long forwardTime, long backwardTime);

    /// Closed form of the chunk activations that a stage holds at most.
    abstract int inFlight(Shape shape, int stage);

    @Test
    void isRegisteredUnderItsName() {
        PipelineSchedule found = PipelineSchedules.byName(schedule().name());
        assertNotNull(found);
        assertSame(schedule().getClass(), found.getClass());
    }

    @Test
    void rejectsCountsBelowOne() {
        assertNotNull(schedule().problemWith(0, 1, 1));
        assertNotNull(schedule().problemWith(1, 0, 1));
        assertNotNull(schedule().problemWith(1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> schedule().order(0, 0, 1, 1));
    }

    @RepeatedTest(100)
    void everyMicroBatchPassesOnceEachWay(RepetitionInfo repetition) {
        Shape shape = shape(new SplittableRandom(repetition.getCurrentRepetition()));
        assertNull(schedule().problemWith(shape.stages, shape.chunks, shape.microBatches));
        int passes = 2 * shape.chunks * shape.microBatches;
        for (int stage = 0; stage < shape.stages; stage++) {
            int[] order = schedule().order(stage, shape.stages, shape.chunks, shape.microBatches);
            assertEquals(passes, order.length);
            BitSet seen = new BitSet();
            for (int code : order) {
                Pass pass = Pass.of(code);
                assertEquals(code, pass.code());
                assertTrue(pass.chunk() < shape.chunks && pass.microBatch() < shape.microBatches, pass::toString);
                seen.set((pass.microBatch() * shape.chunks + pass.chunk()) * 2
                        + (pass.direction() == Pass.Direction.FORWARD ? 0 : 1));
            }
            assertEquals(passes, seen.cardinality(), () -> shape + ": a pass is missing");
        }
    }

    @RepeatedTest(100)
    void stepTakesAsLongAsTheClosedForm(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        Shape shape = shape(random);
        long forwardTime = random.nextLong(1, 100);
        long backwardTime = random.nextLong(forwardTime, 300);
        var pipeline = new UnitTimePipeline(schedule(), shape.stages, shape.chunks, shape.microBatches);
        assertEquals(
                makespan(shape, forwardTime, backwardTime),
                pipeline.makespan(forwardTime, backwardTime),
                () -> "%s, forward %d, backward %d".formatted(shape, forwardTime, backwardTime));
    }

    @RepeatedTest(100)
    void stagesHoldNoMoreActivationsThanTheClosedForm(RepetitionInfo repetition) {
        Shape shape = shape(new SplittableRandom(repetition.getCurrentRepetition()));
        var pipeline = new UnitTimePipeline(schedule(), shape.stages, shape.chunks, shape.microBatches);
        for (int stage = 0; stage < shape.stages; stage++) {
            assertEquals(inFlight(shape, stage), pipeline.inFlight(stage), shape + " stage " + stage);
        }
    }

    /// With rendezvous, a message can only be taken in the order in which it was sent; with activations and gradients
    /// on streams of their own that and the absence of circles (above) exclude a deadlock.
    @RepeatedTest(100)
    void neighboursReceiveInTheOrderOfSending(RepetitionInfo repetition) {
        Shape shape = shape(new SplittableRandom(repetition.getCurrentRepetition()));
        var pipeline = new UnitTimePipeline(schedule(), shape.stages, shape.chunks, shape.microBatches);
        for (int stage = 0; stage < shape.stages; stage++) {
            int from = stage;
            int next = (stage + 1) % shape.stages;
            int wrap = next == 0 ? 1 : 0;
            int[] sent = IntStream.of(pipeline.order(from))
                    .filter(Pass::isForward)
                    .filter(code -> Pass.chunk(code) + wrap < shape.chunks)
                    .map(code -> Pass.forward(Pass.chunk(code) + wrap, Pass.microBatch(code)))
                    .toArray();
            int[] received = IntStream.of(pipeline.order(next))
                    .filter(Pass::isForward)
                    .filter(code -> Pass.chunk(code) >= wrap)
                    .toArray();
            assertArrayEquals(sent, received, shape + " activations of stage " + stage);
            int[] gradientsSent = IntStream.of(pipeline.order(next))
                    .filter(code -> !Pass.isForward(code))
                    .filter(code -> Pass.chunk(code) >= wrap)
                    .map(code -> Pass.backward(Pass.chunk(code) - wrap, Pass.microBatch(code)))
                    .toArray();
            int[] gradientsReceived = IntStream.of(pipeline.order(from))
                    .filter(code -> !Pass.isForward(code))
                    .filter(code -> Pass.chunk(code) + wrap < shape.chunks)
                    .toArray();
            assertArrayEquals(gradientsSent, gradientsReceived, shape + " gradients for stage " + stage);
        }
    }
}
