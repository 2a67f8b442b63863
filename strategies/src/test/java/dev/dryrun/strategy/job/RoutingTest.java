// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RoutingTest {
    /// The fullest of eight ranks of 16 experts each, drawn 20,000 times: the mean of so many has a standard error of
    /// 0.1 / 4 / sqrt(20,000), below 0.02 %; Blom's formula is good to a part in a hundred of z = 1.42, which is 0.04
    /// %.
    @Test
    void ranksWaitForTheFullest() {
        RandomGenerator random = new SplittableRandom(7);
        double sum = 0;
        int draws = 20_000;
        for (int draw = 0; draw < draws; draw++) {
            double fullest = 0;
            for (int rank = 0; rank < 8; rank++) {
                double load = 0;
                for (int expert = 0; expert < 16; expert++) {
                    load += random.nextGaussian(1, 0.1) / 16;
                }
                fullest = Math.max(fullest, load);
            }
            sum += fullest;
        }
        assertEquals(sum / draws, new Routing(0.1, 0).load(128, 8), 6e-4);
    }

    @Test
    void aCapacityIsTheLoadWhateverTheSpread() {
        assertEquals(1, Routing.EVEN.load(128, 8));
        assertEquals(1, new Routing(0.5, 0).load(8, 1));
        assertEquals(1.25, new Routing(0.5, 1.25).load(128, 8));
    }
}
