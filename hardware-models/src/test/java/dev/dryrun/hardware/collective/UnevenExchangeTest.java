// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnevenExchangeTest {
    private static final double BYTES = 1e9;

    private static Collectives collectives(String node, int nodes) {
        return Machines.collectives(Machines.cluster(node, nodes, "rail-optimised"));
    }

    @ParameterizedTest
    @CsvSource({"dgx-a100-80gb, 1", "hgx-h100, 4", "mi300x-platform, 2"})
    void anEvenOneIsTheUsualOne(String node, int nodes) {
        Collectives all = collectives(node, nodes);
        int[] gpus = Machines.range(8 * nodes);
        double usual = all.aloneSeconds(CollectiveKind.ALL_TO_ALL, BYTES, gpus);
        assertEquals(usual, all.exchange(ExchangeShares.even(gpus.length), gpus).seconds(BYTES), 1e-9 * usual);
    }

    /// Eight A100, the first is sent four times the mean: 7/8 of four buffers come in at 234 GB/s. The others have
    /// less.
    @Test
    void theWayIntoTheHottestRankBinds() {
        int[] gpus = Machines.range(8);
        CollectivePlan plan = collectives("dgx-a100-80gb", 1).exchange(ExchangeShares.skewed(8, 4), gpus);
        assertEquals(4 * 7.0 / 8 / 234e9, 1 / plan.main().aloneBytesPerSecond(), 1e-20);
    }

    /// Two nodes: half of what the hottest rank gets comes in through its own interface.
    @Test
    void ofTwoNodesItIsItsInterface() {
        int[] gpus = Machines.range(16);
        CollectivePlan plan = collectives("hgx-h100", 2).exchange(ExchangeShares.skewed(16, 3), gpus);
        assertEquals(3 * 8.0 / 16 / (0.72 * 50e9), 1 / plan.main().aloneBytesPerSecond(), 1e-20);
    }

    /// All is for the first rank, so 8 buffers of the other node's ranks come in through its interface; or nothing is.
    @Test
    void someMayHaveNothingForEachOther() {
        int[] gpus = Machines.range(16);
        Collectives all = collectives("hgx-h100", 2);
        CollectivePlan plan = all.exchange(ExchangeShares.skewed(16, 16), gpus);
        assertEquals(8 / (0.72 * 50e9), 1 / plan.main().aloneBytesPerSecond(), 1e-20);
        CollectivePlan without = all.exchange(ExchangeShares.skewed(16, 0), gpus);
        assertEquals(8.0 / 15 / (0.72 * 50e9), 1 / without.main().aloneBytesPerSecond(), 1e-20);
    }

    @Test
    void sharesMustFitTheGroup() {
        Collectives all = collectives("hgx-h100", 1);
        assertThrows(IllegalArgumentException.class, () -> all.exchange(ExchangeShares.even(4), Machines.range(8)));
        assertThrows(IllegalArgumentException.class, () -> ExchangeShares.skewed(8, 9));
        assertThrows(IllegalArgumentException.class, () -> new ExchangeShares(new double[][] {{0, -1}, {1, 0}}));
    }
}
