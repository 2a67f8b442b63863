// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// How far parts are from one, and the cables on the way.
final class Reach {
    private final int[] hops;
    private final int[] cameBy;
    private final List<Cable> cables;

    /// @param pcieOnly whether ways lead over switches of PCIe and processors only, as traffic to interfaces goes
    Reach(MachineGraph graph, int from, boolean pcieOnly) {
        hops = new int[graph.parts().size()];
        cameBy = new int[hops.length];
        cables = graph.cables();
        Arrays.fill(hops, Integer.MAX_VALUE);
        Arrays.fill(cameBy, -1);
        hops[from] = 0;
        Deque<Integer> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            int here = next.remove();
            Kind kind = graph.parts().get(here).kind();
            if (pcieOnly && here != from && kind != Kind.PCIE_SWITCH && kind != Kind.CPU) {
                continue;
            }
            for (int i = 0; i < cables.size(); i++) {
                Cable cable = cables.get(i);
                if (!cable.touches(here)) {
                    continue;
                }
                int there = cable.other(here);
                if (hops[there] == Integer.MAX_VALUE) {
                    hops[there] = hops[here] + 1;
                    cameBy[there] = i;
                    next.add(there);
                }
            }
        }
    }

    boolean has(int part) {
        return hops[part] < Integer.MAX_VALUE;
    }

    /// Cables on the shortest way; the largest number where there is none.
    int hops(int part) {
        return hops[part];
    }

    /// The way to a part, from its far end; empty where there is none.
    List<Cable> way(int part) {
        List<Cable> way = new ArrayList<>();
        int here = part;
        while (cameBy[here] >= 0) {
            Cable cable = cables.get(cameBy[here]);
            way.add(cable);
            here = cable.other(here);
        }
        return way;
    }
}
