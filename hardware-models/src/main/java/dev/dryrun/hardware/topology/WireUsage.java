// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A sum of usages by wire that becomes the use of rings; wires that cannot bind do not count.
final class WireUsage {
    private final NodeGraph graph;
    private final Map<Integer, Double> byWire = new TreeMap<>();

    WireUsage(NodeGraph graph) {
        this.graph = graph;
    }

    void add(int wire, double perByte) {
        if (graph.offsetOf(wire) >= 0) {
            byWire.merge(wire, perByte, Double::sum);
        }
    }

    RingUse build(boolean pairwise, List<int[]> orders) {
        int[] offsets = new int[byWire.size()];
        double[] usage = new double[byWire.size()];
        double rate = Double.POSITIVE_INFINITY;
        String generation = "";
        int size = 0;
        for (Map.Entry<Integer, Double> entry : byWire.entrySet()) {
            NodeGraph.Wire wire = graph.wires().get(entry.getKey());
            offsets[size] = graph.offsetOf(entry.getKey());
            usage[size++] = entry.getValue();
            double rateHere = wire.bytesPerSecond() / entry.getValue();
            if (rateHere < rate) {
                rate = rateHere;
                generation = wire.generation();
            }
        }
        return new RingUse(offsets, usage, rate, generation, pairwise, orders);
    }
}
