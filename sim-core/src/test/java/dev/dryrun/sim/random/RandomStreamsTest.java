// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    /// Numbers of one stream as they are; should a new JDK change the generator, every golden file would move.
    @Test
    void theFirstNumbersOfAStreamStayAsTheyAre() {
        RandomGenerator random = new RandomStreams(42, 0).stream("gpu-failure", 7);
        assertEquals(268662663548365459L, random.nextLong());
        assertEquals(7997471514528350424L, random.nextLong());
        assertEquals(0.5348822393736237, random.nextDouble());
    }

    @Test
    void aStreamDoesNotDependOnWhatElseIsDrawn() {
        var streams = new RandomStreams(1, 2);
        RandomGenerator alone = streams.stream("straggler", 3);
        long first = alone.nextLong();
        long second = alone.nextLong();
        RandomGenerator beside = streams.stream("straggler", 3);
        assertEquals(first, beside.nextLong());
        streams.stream("gpu-failure", 3).nextLong();
        streams.stream("straggler", 4).nextLong();
        assertEquals(second, beside.nextLong());
    }

    @Test
    void everyPartOfTheKeyMakesAnotherStream() {
        Set<Long> firsts = new HashSet<>();
        int streams = 0;
        for (long seed = 0; seed < 5; seed++) {
            for (int replication = 0; replication < 5; replication++) {
                for (String name : new String[] {"", "a", "b", "ab", "ba"}) {
                    for (long index = 0; index < 40; index++) {
                        firsts.add(new RandomStreams(seed, replication)
                                .stream(name, index).nextLong());
                        streams++;
                    }
                }
            }
        }
        assertEquals(streams, firsts.size());
    }

    /// The mean of n uniform numbers has a standard deviation of 1/sqrt(12 n); five of them are missed once in 2
    /// million.
    @Test
    void neighbouringStreamsAreSpreadEvenly() {
        int count = 20_000;
        double sum = 0;
        for (int index = 0; index < count; index++) {
            sum += new RandomStreams(0, 0).stream("spread", index).nextDouble();
        }
        assertTrue(Math.abs(sum / count - 0.5) < 5 / Math.sqrt(12.0 * count));
    }
}
