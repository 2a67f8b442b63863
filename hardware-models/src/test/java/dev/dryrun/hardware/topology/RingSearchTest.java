// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.random.RandomStreams;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RingSearchTest {
    /// Links of the hybrid cube mesh of DGX-1V, as `nvidia-smi topo -m` counts them: six for each GPU.
    private static final int[][] CUBE_MESH = {
        {0, 1, 1, 2, 2, 0, 0, 0},
        {1, 0, 2, 1, 0, 2, 0, 0},
        {1, 2, 0, 2, 0, 0, 1, 0},
        {2, 1, 2, 0, 0, 0, 0, 1},
        {2, 0, 0, 0, 0, 1, 1, 2},
        {0, 2, 0, 0, 1, 0, 2, 1},
        {0, 0, 1, 0, 1, 2, 0, 2},
        {0, 0, 0, 1, 2, 1, 2, 0}
    };

    private static double[][] scaled(int[][] links, double bytesPerSecond) {
        double[][] capacity = new double[links.length][links.length];
        for (int a = 0; a < links.length; a++) {
            for (int b = 0; b < links.length; b++) {
                capacity[a][b] = links[a][b] * bytesPerSecond;
            }
        }
        return capacity;
    }

    /// Six links a GPU are three rings both ways around: 150 GB/s of 25 GB/s links.
    @Test
    void theCubeMeshHoldsThreeRingsBothWays() {
        assertEquals(3, RingSearch.disjointRings(scaled(CUBE_MESH, 25e9)).size());
    }

    @Test
    void aChainHasNoRing() {
        int[][] chain = {{0, 1, 0}, {1, 0, 1}, {0, 1, 0}};
        assertEquals(List.of(), RingSearch.disjointRings(scaled(chain, 25e9)));
    }

    /// 23 GPUs of a full mesh and one that hangs on a single link: no ring closes, and 22! ways begin one.
    @Test
    void theSearchEndsWhereNoRingCloses() {
        int[][] links = new int[24][24];
        for (int a = 0; a < 23; a++) {
            for (int b = 0; b < 23; b++) {
                links[a][b] = a == b ? 0 : 1;
            }
        }
        links[0][23] = 1;
        links[23][0] = 1;
        List<int[]> rings =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> RingSearch.disjointRings(scaled(links, 50e9)));
        assertEquals(List.of(), rings);
    }

    /// Whatever the links, rings pass every member once and no link carries more rings than it has lanes.
    @RepeatedTest(100)
    void ringsAreDisjoint(RepetitionInfo repetition) {
        var random = new RandomStreams(1, repetition.getCurrentRepetition()).stream("links", 0);
        int members = random.nextInt(3, 9);
        int[][] links = new int[members][members];
        for (int a = 0; a < members; a++) {
            for (int b = a + 1; b < members; b++) {
                links[a][b] = random.nextInt(0, 4);
                links[b][a] = links[a][b];
            }
        }
        List<int[]> rings = RingSearch.disjointRings(scaled(links, 50e9));
        for (int[] ring : rings) {
            Set<Integer> met = new HashSet<>();
            for (int i = 0; i < ring.length; i++) {
                met.add(ring[i]);
                links[ring[i]][ring[(i + 1) % ring.length]]--;
                links[ring[(i + 1) % ring.length]][ring[i]]--;
            }
            assertEquals(members, met.size());
        }
        for (int[] row : links) {
            for (int left : row) {
                assertTrue(left >= 0);
            }
        }
    }
}
