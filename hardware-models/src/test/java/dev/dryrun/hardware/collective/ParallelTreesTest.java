// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelTreesTest extends CollectiveAlgorithmContract {
    private static final double BYTES = 1e9;

    ParallelTreesTest() {
        super(new ParallelTrees());
    }

    private static Collectives collectives(int nodes) {
        return Machines.collectives(Machines.cluster("hgx-h100", nodes, "rail-optimised"));
    }

    /// Every rank sends (n-1)/n of the bytes through its interface of 50 GB/s, of which a ring gets 0.93 and this 0.75
    /// of that; log2 n steps, rounded up.
    @ParameterizedTest
    @CsvSource({"2, 1", "5, 3", "6, 3", "8, 3", "16, 4"})
    void oneGpuOfEachNode(int nodes, int steps) {
        double expected = 10e-6 + steps * 35e-6 + (nodes - 1.0) / nodes * BYTES / (0.75 * 0.93 * 50e9);
        Collectives forced = collectives(nodes).restrictedTo(Restriction.to("pat"));
        int[] gpus = Machines.every(8, 3, nodes);
        assertEquals(expected, forced.aloneSeconds(CollectiveKind.ALL_GATHER, BYTES, gpus), 1e-12);
        assertEquals(expected, forced.aloneSeconds(CollectiveKind.REDUCE_SCATTER, BYTES, gpus), 1e-12);
    }

    @Test
    void isForOneGpuOfANodeAndOnlyWhereForced() {
        assertFalse(collectives(4).plansOf(CollectiveKind.ALL_GATHER, Machines.every(8, 0, 4)).stream()
                .anyMatch(plan -> plan.algorithm().equals("pat")));
        Collectives forced = collectives(4).restrictedTo(Restriction.to("pat"));
        assertThrows(
                IllegalArgumentException.class, () -> forced.plansOf(CollectiveKind.ALL_GATHER, Machines.range(32)));
    }
}
