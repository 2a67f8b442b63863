// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MicroBatchSharesTest {
    /// Without a pipeline each replica has its share of the speed.
    @Test
    void sharesFollowTheSpeeds() {
        assertEquals(List.of(4, 8), MicroBatchShares.of(new double[] {2, 1}, 1, 12, 1));
        assertEquals(List.of(5, 5, 5), MicroBatchShares.of(new double[] {3, 3, 3}, 4, 15, 1));
        assertEquals(List.of(4, 12), MicroBatchShares.of(new double[] {3, 1}, 1, 16, 4));
    }

    /// However slow, a replica has a micro-batch, as each takes part in the reduction.
    @Test
    void eachHasOne() {
        assertEquals(List.of(1, 9), MicroBatchShares.of(new double[] {1000, 1}, 8, 10, 1));
        assertEquals(List.of(1, 1), MicroBatchShares.of(new double[] {1, 1000}, 8, 2, 1));
        assertEquals(List.of(1, 1), MicroBatchShares.of(new double[] {1000, 1}, 8, 2, 1));
    }

    /// No other shares end earlier, by trying them all.
    @RepeatedTest(50)
    void noneEndsEarlier(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        double[] nanos = random.doubles(random.nextInt(2, 5), 1, 5).toArray();
        int stages = random.nextInt(1, 6);
        int total = random.nextInt(nanos.length, 15);
        List<Integer> shares = MicroBatchShares.of(nanos, stages, total, 1);
        assertEquals(total, shares.stream().mapToInt(count -> count).sum());
        assertTrue(shares.stream().allMatch(count -> count >= 1), shares.toString());
        double end = 0;
        for (int replica = 0; replica < nanos.length; replica++) {
            end = Math.max(end, (shares.get(replica) + stages - 1) * nanos[replica]);
        }
        assertEquals(leastOfAll(nanos, stages, 0, total), end, 1e-12, shares.toString());
    }

    private static double leastOfAll(double[] nanos, int stages, int replica, int left) {
        if (replica == nanos.length) {
            return left == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int count = 1; count <= left; count++) {
            double rest = leastOfAll(nanos, stages, replica + 1, left - count);
            least = Math.min(least, Math.max((count + stages - 1) * nanos[replica], rest));
        }
        return least;
    }
}
