// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What every pipeline schedule must keep; each schedule's test extends it.
abstract class PipelineScheduleContract {
    record Shape(int stages, int chunks, int microBatches) {}

    /// Times of the passes of a chunk; a whole backward pass takes as long as both its halves.
    record Times(long forward, long inputGradient, long weightGradient) {
        long microBatch() {
            return forward + inputGradient + weightGradient;
        }

        long of(Pass.Direction direction) {
            return switch (direction) {
                case FORWARD -> forward;
                case BACKWARD -> inputGradient + weightGradient;
                case INPUT_GRADIENT -> inputGradient;
                case WEIGHT_GRADIENT -> weightGradient;
            };
        }
    }

    abstract PipelineSchedule schedule();

    /// A shape that the schedule accepts.
    abstract Shape shape(SplittableRandom random);

    /// Closed form of the longest that a stage takes from its first pass to its last, for W <= F <= B as the papers of
    /// split passes assume. Where the first stage is last to end it is the step.
    abstract long makespan(Shape shape, Times times);

    /// Times for which the closed form holds.
    Times times(SplittableRandom random) {
        long weightGradient = random.nextLong(1, 100);
        long forward = random.nextLong(weightGradient, 200);
        return new Times(forward, random.nextLong(forward, 300), weightGradient);
    }

    /// Closed form of the chunk activations that a stage holds at most, each until its weights' gradients are made.
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
        for (int stage = 0; stage < shape.stages; stage++) {
            BitSet forward = new BitSet();
            BitSet inputs = new BitSet();
            BitSet weights = new BitSet();
            for (int code : schedule().order(stage, shape.stages, shape.chunks, shape.microBatches)) {
                Pass pass = Pass.of(code);
                assertEquals(code, pass.code());
                assertTrue(pass.chunk() < shape.chunks && pass.microBatch() < shape.microBatches, pass::toString);
                int visit = pass.microBatch() * shape.chunks + pass.chunk();
                switch (pass.direction()) {
                    case FORWARD -> passOnce(forward, visit, true, pass);
                    case BACKWARD -> {
                        passOnce(inputs, visit, forward.get(visit), pass);
                        passOnce(weights, visit, true, pass);
                    }
                    case INPUT_GRADIENT -> passOnce(inputs, visit, forward.get(visit), pass);
                    case WEIGHT_GRADIENT -> passOnce(weights, visit, inputs.get(visit), pass);
                }
            }
            int visits = shape.chunks * shape.microBatches;
            assertEquals(visits, forward.cardinality(), () -> shape + ": a forward pass is missing");
            assertEquals(visits, inputs.cardinality(), () -> shape + ": an input's gradient is missing");
            assertEquals(visits, weights.cardinality(), () -> shape + ": a weights' gradient is missing");
        }
    }

    private static void passOnce(BitSet seen, int visit, boolean may, Pass pass) {
        assertTrue(may && !seen.get(visit), () -> pass + " is out of order");
        seen.set(visit);
    }

    @RepeatedTest(100)
    void stagesTakeAsLongAsTheClosedForm(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        Shape shape = shape(random);
        Times times = times(random);
        var pipeline = new UnitTimePipeline(schedule(), shape.stages, shape.chunks, shape.microBatches);
        assertEquals(makespan(shape, times), pipeline.longestSpan(times), () -> shape + ", " + times);
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
        assertEquals(pipeline.messages(true), pipeline.messages(false), shape::toString);
    }
}
