// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds groups of chips that are boxes in a torus: every combination of some places along each axis.
///
/// Places that are evenly spread over a closed axis are a ring, run both ways; others a line over the shortest stretch
/// of the axis that holds them. What lies between two of them passes their traffic on.
final class GridBoxes {
    private final NodeGraph graph;
    private final GridWires wires;

    GridBoxes(NodeGraph graph, GridWires wires) {
        this.graph = graph;
        this.wires = wires;
    }

    /// The box of these chips; null where they are none, or where a wire that it needs is down.
    @Nullable
    BoxUse of(int[] chips) {
        GridShape grid = wires.grid();
        List<int[]> places = new ArrayList<>();
        long product = 1;
        for (int axis = 0; axis < grid.axes().size(); axis++) {
            var set = new TreeSet<Integer>();
            for (int chip : chips) {
                set.add(grid.coordinate(chip, axis));
            }
            places.add(set.stream().mapToInt(Integer::intValue).toArray());
            product *= set.size();
        }
        if (product != chips.length) {
            return null;
        }
        List<BoxUse.Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < places.size(); axis++) {
            if (places.get(axis).length > 1) {
                BoxUse.Axis use = along(axis, places.get(axis), chips);
                if (use == null) {
                    return null;
                }
                axes.add(use);
            }
        }
        return new BoxUse(axes);
    }

    /// On a closed axis of which a link is down, a line that ends there and begins behind it.
    private BoxUse.@Nullable Axis along(int axis, int[] places, int[] chips) {
        GridShape.Axis whole = wires.grid().axes().get(axis);
        if (!whole.closed()) {
            return along(axis, places, chips, 0, false);
        }
        BoxUse.Axis use = isEven(places, whole.length()) ? along(axis, places, chips, 0, true) : null;
        int first = behindLargestGap(places, whole.length());
        for (int i = 0; use == null && i < places.length; i++) {
            use = along(axis, places, chips, (first + i) % places.length, false);
        }
        return use;
    }

    /// @param start the place where a line begins
    /// @param ring whether the last place is followed by the first
    private BoxUse.@Nullable Axis along(int axis, int[] places, int[] chips, int start, boolean ring) {
        GridShape.Axis whole = wires.grid().axes().get(axis);
        int members = places.length;
        Map<Integer, Double> usage = new TreeMap<>();
        int hops = 0;
        for (int i = 0; i < (ring ? members : members - 1); i++) {
            int from = places[(start + i) % members];
            int to = places[(start + i + 1) % members];
            int steps = Math.floorMod(to - from - 1, whole.length()) + 1;
            hops += steps;
            for (int step = 0; step < steps; step++) {
                int at = (from + step) % whole.length();
                double up = ring ? (members - 1) / (2.0 * members) : (members - 1.0 - i) / members;
                double down = ring ? up : (i + 1.0) / members;
                for (int chip : chips) {
                    if (wires.grid().coordinate(chip, axis) == places[0]) {
                        int wire = wires.wire(wires.grid().moved(chip, axis, at), axis, true);
                        if (graph.isDown(wire)) {
                            return null;
                        }
                        usage.merge(wire, up, Double::sum);
                        usage.merge(wire + 1, down, Double::sum);
                    }
                }
            }
        }
        return use(members, ring ? (hops + 1) / 2 : hops, usage);
    }

    private BoxUse.Axis use(int members, int hops, Map<Integer, Double> usage) {
        int[] offsets = new int[usage.size()];
        double[] perByte = new double[usage.size()];
        double rate = Double.POSITIVE_INFINITY;
        int size = 0;
        for (Map.Entry<Integer, Double> entry : usage.entrySet()) {
            offsets[size] = graph.offsetOf(entry.getKey());
            perByte[size++] = entry.getValue();
            rate = Math.min(rate, graph.wires().get(entry.getKey()).bytesPerSecond() / entry.getValue());
        }
        return new BoxUse.Axis(members, hops, offsets, perByte, rate);
    }

    private static boolean isEven(int[] places, int length) {
        return length % places.length == 0
                && Arrays.equals(
                        places,
                        java.util.stream.IntStream.range(0, places.length)
                                .map(i -> places[0] + i * (length / places.length))
                                .toArray());
    }

    /// The place after the widest gap, where a line begins.
    private static int behindLargestGap(int[] places, int length) {
        int best = 0;
        int widest = 0;
        for (int i = 0; i < places.length; i++) {
            int before = places[Math.floorMod(i - 1, places.length)];
            int gap = Math.floorMod(places[i] - before - 1, length) + 1;
            if (gap > widest) {
                widest = gap;
                best = i;
            }
        }
        return best;
    }
}
