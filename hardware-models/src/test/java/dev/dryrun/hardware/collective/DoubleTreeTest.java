// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleTreeTest {
    private static int reached(DoubleTree tree, int from) {
        return 1
                + tree.children().get(from).stream()
                        .mapToInt(child -> reached(tree, child))
                        .sum();
    }

    private static int depth(DoubleTree tree, int from) {
        return 1
                + tree.children().get(from).stream()
                        .mapToInt(child -> depth(tree, child))
                        .max()
                        .orElse(-1);
    }

    /// Sanders, Speck, Traeff: both are trees over all nodes, binary but for the root, of depth log2 N or so, and
    /// nobody is inner in both.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 16, 31, 64, 100})
    void whoIsInnerInOneIsALeafInTheOther(int nodes) {
        DoubleTree first = DoubleTree.first(nodes);
        DoubleTree second = DoubleTree.second(nodes);
        int busiest = 0;
        for (DoubleTree tree : List.of(first, second)) {
            assertEquals(nodes, reached(tree, tree.root()));
            assertTrue(depth(tree, tree.root()) <= RingLatency.ceilLog2(nodes));
        }
        for (int node = 0; node < nodes; node++) {
            int below = first.children().get(node).size();
            int belowToo = second.children().get(node).size();
            assertTrue(below <= 2 && belowToo <= 2);
            assertTrue(below == 0 || belowToo == 0 || node == first.root() || node == second.root());
            int above = (node == first.root() ? 0 : 1) + (node == second.root() ? 0 : 1);
            busiest = Math.max(busiest, below + belowToo + above);
        }
        assertEquals(Math.min(nodes, 4), busiest);
    }
}
