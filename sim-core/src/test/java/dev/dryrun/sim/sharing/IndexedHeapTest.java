// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
