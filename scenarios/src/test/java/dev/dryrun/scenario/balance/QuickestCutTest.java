// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickestCutTest {
    private static int[] most(int blocks, int each) {
        int[] most = new int[blocks];
        Arrays.fill(most, each);
        return most;
    }

    @ParameterizedTest
    @CsvSource({"32, 4", "80, 5", "126, 9", "7, 7", "12, 1"})
    void equalBlocksHoldEquallyMany(int layers, int blocks) {
        var cut = new QuickestCut(layers, most(blocks, layers), (block, from, to) -> to - from);
        assertEquals(Optional.of(Collections.nCopies(blocks, layers / blocks)), cut.layersOfBlocks());
    }

    /// Two machines with speeds v and w hold L v / (v + w) and L w / (v + w) of L equal layers.
    @ParameterizedTest
    @CsvSource({"60, 1, 2", "60, 1, 3", "70, 2, 5", "33, 1, 10"})
    void twoSpeedsHoldTheirShares(int layers, int v, int w) {
        double[] speeds = {v, w};
        var cut = new QuickestCut(layers, most(2, layers), (block, from, to) -> (to - from) / speeds[block]);
        int first = layers * v / (v + w);
        assertEquals(Optional.of(List.of(first, layers - first)), cut.layersOfBlocks());
    }

    /// No other cut is quicker, by trying them all.
    @RepeatedTest(50)
    void noneIsQuicker(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        int layers = random.nextInt(3, 11);
        int blocks = random.nextInt(1, 5);
        double[] of = random.doubles(layers, 1, 3).toArray();
        double[] speeds = random.doubles(blocks, 1, 4).toArray();
        int[] most = random.ints(blocks, 1, layers + 1).toArray();
        QuickestCut.Times times = (block, from, to) -> sum(of, from, to) / speeds[block];
        double least = leastOfAll(most, times, 0, 0, layers);
        Optional<List<Integer>> found = new QuickestCut(layers, most, times).layersOfBlocks();
        assertEquals(Double.isInfinite(least), found.isEmpty());
        found.ifPresent(cut -> {
            assertEquals(layers, cut.stream().mapToInt(held -> held).sum());
            int from = 0;
            double slowest = 0;
            for (int block = 0; block < blocks; block++) {
                assertTrue(cut.get(block) <= most[block]);
                slowest = Math.max(slowest, times.of(block, from, from + cut.get(block)));
                from += cut.get(block);
            }
            assertEquals(least, slowest, 1e-12);
        });
    }

    private static double sum(double[] of, int from, int to) {
        return Arrays.stream(of, from, to).sum();
    }

    private static double leastOfAll(int[] most, QuickestCut.Times times, int block, int from, int layers) {
        if (block == most.length) {
            return from == layers ? 0 : Double.POSITIVE_INFINITY;
        }
        boolean end = block == 0 || block == most.length - 1;
        double least = Double.POSITIVE_INFINITY;
        for (int count = end ? 0 : 1; count <= Math.min(most[block], layers - from); count++) {
            double rest = leastOfAll(most, times, block + 1, from + count, layers);
            least = Math.min(least, Math.max(times.of(block, from, from + count), rest));
        }
        return least;
    }

    @Test
    void whatCannotBeHeldIsNotCut() {
        var cut = new QuickestCut(9, new int[] {4, 4}, (block, from, to) -> to - from);
        assertEquals(Optional.empty(), cut.layersOfBlocks());
    }
}
