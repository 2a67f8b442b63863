// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.ArrayList;
import java.util.List;

/// Where the wires of a torus are among those of its node, and the ways that follow its axes.
///
/// @param grid its axes
/// @param forward by axis and chip, the wire from it to the next; the wire after that one leads back. -1 where the axis
///     ends
record GridWires(GridShape grid, int[][] forward) {
    /// The wire that leads from a chip one step up an axis, or one step down.
    int wire(int chip, int axis, boolean up) {
        if (up) {
            return forward[axis][chip];
        }
        int length = grid.axes().get(axis).length();
        int before = grid.moved(chip, axis, Math.floorMod(grid.coordinate(chip, axis) - 1, length));
        int wire = forward[axis][before];
        return wire < 0 ? -1 : wire + 1;
    }

    /// The way from chip to chip in the order of the axes, along each the shorter way around; where both are equally
    /// long each takes half. Between all pairs of a torus whose axes are closed it loads all links of an axis alike.
    EqualCostRoutes.Ways ways(int from, int to) {
        List<Integer> wires = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        int here = from;
        double steps = 0;
        for (int axis = 0; axis < forward.length; axis++) {
            int length = grid.axes().get(axis).length();
            int goal = grid.coordinate(to, axis);
            int up = Math.floorMod(goal - grid.coordinate(here, axis), length);
            int down = length - up;
            boolean closed = grid.axes().get(axis).closed();
            boolean rises = goal > grid.coordinate(here, axis);
            boolean goesUp = closed ? up <= down : rises;
            boolean goesDown = closed ? down <= up : !rises;
            double share = goesUp && goesDown ? 0.5 : 1;
            int distance = goesUp ? up : down;
            for (int k = 0; up > 0 && goesUp && k < up; k++) {
                wires.add(wire(along(here, axis, k, length), axis, true));
                shares.add(share);
            }
            for (int k = 0; up > 0 && goesDown && k < down; k++) {
                wires.add(wire(along(here, axis, -k, length), axis, false));
                shares.add(share);
            }
            steps += up > 0 ? distance : 0;
            here = grid.moved(here, axis, goal);
        }
        return new EqualCostRoutes.Ways(
                wires.stream().mapToInt(Integer::intValue).toArray(),
                shares.stream().mapToDouble(Double::doubleValue).toArray(),
                steps * PrivateLanes.BETWEEN_GPUS);
    }

    private int along(int chip, int axis, int steps, int length) {
        return grid.moved(chip, axis, Math.floorMod(grid.coordinate(chip, axis) + steps, length));
    }
}
