// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import dev.dryrun.hardware.topology.NetworkSketch;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.List;

/// The commands that draw a line between two devices: a curve from row to row, an arc within a row, below that of GPUs
/// and above all others.
final class Arc {
    private static final double LEAST = 14;
    private static final double OF_DISTANCE = 0.16;
    /// Of arcs above a row, where others stand.
    private static final double HIGHEST = 18;

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

    /// Room that arcs between GPUs need that stand some way from each other; none where there are none.
    static double deepest(List<NetworkSketch.Line> lines, double step) {
        return lines.stream()
                .filter(line -> line.a().kind() == Kind.GPU && line.b().kind() == Kind.GPU)
                .mapToDouble(line ->
                        depth(step * Math.abs(line.a().index() - line.b().index())))
                .max()
                .orElse(0);
    }

    private static double depth(double distance) {
        return LEAST + OF_DISTANCE * distance;
    }
}
