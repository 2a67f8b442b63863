// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class IndexedHeapTest {
    @RepeatedTest(50)
    void itsHeadIsTheSmallestKeyThenTheSmallestNumber(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var heap = new IndexedHeap();
        Map<Integer, Long> expected = new TreeMap<>();
        for (int step = 0; step < 3000; step++) {
            int thing = random.nextInt(300);
            if (random.nextInt(3) > 0) {
                long key = random.nextInt(100);
                heap.set(thing, key);
                expected.put(thing, key);
            } else {
                heap.remove(thing);
                expected.remove(thing);
            }
            assertEquals(expected.isEmpty(), heap.isEmpty());
            expected.entrySet().stream()
                    .min(Map.Entry.<Integer, Long>comparingByValue()
                            .thenComparing(Comparator.comparingInt(Map.Entry::getKey)))
                    .ifPresent(head -> {
                        assertEquals(head.getKey(), heap.head());
                        assertEquals(head.getValue(), heap.headKey());
                    });
        }
    }

    /// As taking out one head after the other, but sorted by number; what is left is still a heap.
    @RepeatedTest(20)
    void allUpToAKeyLeaveAtOnce(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var heap = new IndexedHeap();
        Map<Integer, Long> expected = new TreeMap<>();
        int[] into = new int[300];
        for (int round = 0; round < 100; round++) {
            for (int i = random.nextInt(200); i > 0; i--) {
                int thing = random.nextInt(300);
                long key = random.nextInt(20);
                heap.set(thing, key);
                expected.put(thing, key);
            }
            long upTo = random.nextInt(20);
            int count = heap.removeUpTo(upTo, into);
            int[] due = expected.entrySet().stream()
                    .filter(e -> e.getValue() <= upTo)
                    .mapToInt(Map.Entry::getKey)
                    .toArray();
            assertArrayEquals(due, Arrays.copyOf(into, count));
            expected.values().removeIf(key -> key <= upTo);
            expected.values().stream()
                    .min(Comparator.naturalOrder())
                    .ifPresentOrElse(least -> assertEquals(least, heap.headKey()), () -> assertTrue(heap.isEmpty()));
        }
    }
}
