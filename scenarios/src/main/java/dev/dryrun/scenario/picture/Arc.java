// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import dev.dryrun.hardware.topology.NetworkSketch;
import dev.dryrun.hardware.topology.Vertex;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.HashMap;
import java.util.Map;

/// The commands that draw a line between two devices: a curve from row to row, an arc within a row, below that of GPUs
/// and above all others.
final class Arc {
    private static final double LEAST = 14;
    private static final double OF_DISTANCE = 0.16;
    /// Of arcs above a row, where others stand.
    private static final double HIGHEST = 18;
    private static final double SIDE = 14;
    private static final double SHALLOWEST = 7;
    /// A little more than one, for what is next to another.
    private static final double NEXT = 1.01;

    private Arc() {}

    static String between(Spot a, Spot b, boolean gpus) {
        if (a.y() == b.y()) {
            double depth = depth(Math.abs(a.x() - b.x()));
            double edge = gpus ? a.bottom() : a.top();
            // a cubic curve comes as near as three quarters to its handles
            double handle = gpus ? edge + depth / 0.75 : edge - Math.min(depth, HIGHEST) / 0.75;
            return "M%s %sC%s %s %s %s %s %s"
                    .formatted(
                            Svg.number(a.x()),
                            Svg.number(edge),
                            Svg.number(a.x()),
                            Svg.number(handle),
                            Svg.number(b.x()),
                            Svg.number(handle),
                            Svg.number(b.x()),
                            Svg.number(edge));
        }
        Spot upper = a.y() < b.y() ? a : b;
        Spot lower = a.y() < b.y() ? b : a;
        String middle = Svg.number((upper.bottom() + lower.top()) / 2);
        return "M%s %sC%s %s %s %s %s %s"
                .formatted(
                        Svg.number(upper.x()),
                        Svg.number(upper.bottom()),
                        Svg.number(upper.x()),
                        middle,
                        Svg.number(lower.x()),
                        middle,
                        Svg.number(lower.x()),
                        Svg.number(lower.top()));
    }

    /// Between chips of a grid: straight to a neighbour, else past those in between, below a row or at the right of a
    /// column.
    ///
    /// @param wide from the first column to the last
    static String inGrid(Grid grid, Spot a, Spot b, double wide) {
        boolean row = a.y() == b.y();
        boolean inOrder = row ? a.x() < b.x() : a.y() < b.y();
        Spot first = inOrder ? a : b;
        Spot last = inOrder ? b : a;
        if (row && last.x() - first.x() < wide * grid.place(1) * NEXT) {
            return straight(first.right(), first.y(), last.left(), last.y());
        }
        if (row) {
            double depth = SHALLOWEST + (grid.deepest() - SHALLOWEST) * (last.x() - first.x()) / wide;
            return curve(first.x(), first.bottom(), last.x(), last.bottom(), 0, depth / 0.75);
        }
        return last.y() - first.y() < grid.row() * NEXT
                ? straight(first.x(), first.bottom(), last.x(), last.top())
                : curve(first.right(), first.y(), last.right(), last.y(), SIDE / 0.75, 0);
    }

    private static String straight(double x1, double y1, double x2, double y2) {
        return "M%s %sL%s %s".formatted(Svg.number(x1), Svg.number(y1), Svg.number(x2), Svg.number(y2));
    }

    /// A curve that leaves both its ends to the same side.
    private static String curve(double x1, double y1, double x2, double y2, double right, double down) {
        return "M%s %sC%s %s %s %s %s %s"
                .formatted(
                        Svg.number(x1),
                        Svg.number(y1),
                        Svg.number(x1 + right),
                        Svg.number(y1 + down),
                        Svg.number(x2 + right),
                        Svg.number(y2 + down),
                        Svg.number(x2),
                        Svg.number(y2));
    }

    /// Room that arcs between GPUs need that stand some way from each other; none where there are none.
    static double deepest(Selection selection, double step) {
        Map<Vertex, Integer> places = new HashMap<>();
        Map<Integer, Integer> gpusOfNode = new HashMap<>();
        for (Vertex vertex : selection.devices()) {
            if (vertex.kind() == Kind.GPU) {
                places.put(vertex, gpusOfNode.merge(vertex.node(), 1, Integer::sum));
            }
        }
        double deepest = 0;
        for (NetworkSketch.Line line : selection.lines()) {
            Integer a = places.get(line.a());
            Integer b = places.get(line.b());
            deepest = a == null || b == null ? deepest : Math.max(deepest, depth(step * Math.abs(a - b)));
        }
        return deepest;
    }

    private static double depth(double distance) {
        return LEAST + OF_DISTANCE * distance;
    }
}
