// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import java.util.ArrayList;
import java.util.List;

/// One of two binary trees over nodes 0 to N-1, each of which carries half of the data: who is inner in one is a leaf
/// in the other.
///
/// In the first, with b the lowest bit set of r, the parent of r is `(r xor b) or 2b`, or `r xor b` where the former is
/// beyond N; 0 is the root. The second is its mirror image for even N, the first shifted by one for odd N. Source:
/// Sanders, Speck, Traeff, 2009, doi:10.1016/j.parco.2009.09.001, in NCCL's numbering.
///
/// @param root node at the top
/// @param children of each node
record DoubleTree(int root, List<List<Integer>> children) {
    static DoubleTree first(int nodes) {
        List<List<Integer>> children = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            children.add(new ArrayList<>());
        }
        for (int node = 1; node < nodes; node++) {
            int bit = Integer.lowestOneBit(node);
            int up = (node ^ bit) | 2 * bit;
            children.get(up < nodes ? up : node ^ bit).add(node);
        }
        return new DoubleTree(0, children);
    }

    static DoubleTree second(int nodes) {
        DoubleTree first = first(nodes);
        List<List<Integer>> children = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            children.add(first.children.get(other(node, nodes)).stream()
                    .map(child -> nodes % 2 == 0 ? nodes - 1 - child : (child + 1) % nodes)
                    .toList());
        }
        return new DoubleTree(nodes % 2 == 0 ? nodes - 1 : 1 % nodes, children);
    }

    private static int other(int node, int nodes) {
        return nodes % 2 == 0 ? nodes - 1 - node : (node + nodes - 1) % nodes;
    }
}
