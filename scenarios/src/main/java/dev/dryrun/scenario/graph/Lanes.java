// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/// PCIe between GPUs and their interfaces, and whether it is private: no way of one GPU shares a cable with that of
/// another, save the port of an interface that both use.
final class Lanes {
    private final MachineGraph graph;
    private final List<Integer> gpus;
    private final List<Integer> nics;

    Lanes(MachineGraph graph, List<Integer> gpus, List<Integer> nics) {
        this.graph = graph;
        this.gpus = gpus;
        this.nics = nics;
    }

    /// The narrowest port of a GPU; empty where some lanes are shared or narrower in between.
    OptionalDouble privateBytesPerSecond() {
        double narrowest = Double.POSITIVE_INFINITY;
        Set<Cable> taken = new HashSet<>();
        int side = Math.max(1, nics.size() / gpus.size());
        for (int g = 0; g < gpus.size(); g++) {
            var reach = new Reach(graph, gpus.get(g), true);
            Set<Cable> own = new HashSet<>();
            for (int k = 0; k < side; k++) {
                int nic = nics.get((int) ((long) g * nics.size() / gpus.size()) + k);
                List<Cable> way = reach.way(nic);
                if (way.size() < 2) {
                    return OptionalDouble.empty();
                }
                double port = way.getLast().totalBytesPerSecond();
                narrowest = Math.min(narrowest, port);
                for (Cable cable : way) {
                    boolean shared = cable.touches(nic) && nics.size() < gpus.size();
                    if (!shared) {
                        own.add(cable);
                    }
                    if (cable.totalBytesPerSecond() < Math.min(port, graph.lineOf(nic))) {
                        return OptionalDouble.empty();
                    }
                }
            }
            for (Cable cable : own) {
                if (!taken.add(cable)) {
                    return OptionalDouble.empty();
                }
            }
        }
        return Double.isInfinite(narrowest) ? OptionalDouble.empty() : OptionalDouble.of(narrowest);
    }

    /// The narrowest cable between any GPU and its first interface, for a node that lists its links.
    double narrowestBytesPerSecond() {
        double narrowest = Double.POSITIVE_INFINITY;
        for (int g = 0; g < gpus.size() && !nics.isEmpty(); g++) {
            int nic = nics.get((int) ((long) g * nics.size() / gpus.size()));
            for (Cable cable : new Reach(graph, gpus.get(g), true).way(nic)) {
                narrowest = Math.min(narrowest, cable.totalBytesPerSecond());
            }
        }
        return Double.isInfinite(narrowest) ? Rates.pcie(graph.gpu().pcie()) : narrowest;
    }
}
