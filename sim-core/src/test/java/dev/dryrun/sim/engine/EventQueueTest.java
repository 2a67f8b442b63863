// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private record Pending(long timeNanos, long order, int event) {}

    private static final Comparator<Pending> BY_TIME_THEN_ARRIVAL =
            Comparator.comparingLong(Pending::timeNanos).thenComparingLong(Pending::order);

    @Test
    void equalTimesLeaveInTheOrderOfArrival() {
        var queue = new EventQueue();
        for (int event = 0; event < 1000; event++) {
            queue.push(7, event);
        }
        for (int event = 0; event < 1000; event++) {
            assertEquals(7, queue.headTimeNanos());
            assertEquals(event, queue.pop());
        }
        assertTrue(queue.isEmpty());
    }

    @Test
    void anyEventNumberComesBackAsItWas() {
        var queue = new EventQueue();
        int[] events = {Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE};
        for (int event : events) {
            queue.push(0, event);
        }
        for (int event : events) {
            assertEquals(event, queue.pop());
        }
    }

    @RepeatedTest(50)
    void leavesInTheOrderOfASortedSet(RepetitionInfo repetition) {
        agreesWithASortedSet(new EventQueue(), repetition.getCurrentRepetition());
    }

    /// Sequence numbers run out after 0 to 2,000 of about 3,000 arrivals, with events of equal times pending.
    @RepeatedTest(50)
    void keepsTheOrderWhenSequenceNumbersRunOut(RepetitionInfo repetition) {
        long arrivalsLeft = 40L * (repetition.getCurrentRepetition() - 1);
        var queue = new EventQueue(EventQueue.LAST_SEQUENCE - arrivalsLeft);
        agreesWithASortedSet(queue, repetition.getCurrentRepetition());
    }

    private static void agreesWithASortedSet(EventQueue queue, int seed) {
        var random = new SplittableRandom(seed);
        var expected = new TreeSet<>(BY_TIME_THEN_ARRIVAL);
        int timeSpread = random.nextInt(1, 200);
        for (int step = 0; step < 5000; step++) {
            boolean arrives = expected.isEmpty() || random.nextInt(100) < (step < 2500 ? 70 : 45);
            if (arrives) {
                var pending = new Pending(random.nextInt(timeSpread), step, random.nextInt());
                queue.push(pending.timeNanos(), pending.event());
                expected.add(pending);
            } else {
                Pending first = expected.removeFirst();
                assertEquals(first.timeNanos(), queue.headTimeNanos());
                assertEquals(first.event(), queue.pop());
            }
            assertEquals(expected.size(), queue.size());
        }
    }
}
