// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkSketch;
import dev.dryrun.hardware.topology.Vertex;
import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.network.Way;
import dev.dryrun.scenario.report.NetworkText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A network as SVG: its devices in rows, lines as wide as they are fast, the way between two ranks in a colour of its
/// own.
final class NetworkPicture {
    private static final double LEAST_TEXT = 15;
    private static final double WIDTH_OF_DOWN = 1.5;

    private final Network network;
    private final @Nullable Way way;
    private final Selection selection;
    private final Placement placement;
    private final Damage damage;
    private final WayMarks marks;
    private final Svg svg = new Svg();

    NetworkPicture(Network network, @Nullable Way way) {
        this.network = network;
        this.way = way;
        selection = new Selection(network, way);
        placement = new Placement(selection);
        damage = selection.damage();
        marks = new WayMarks(
                network.cluster(),
                way,
                selection.lines().stream().filter(line -> !isDown(line)).toList());
    }

    String write() {
        Cluster cluster = network.cluster();
        svg.raw("<svg viewBox=\"0 0 " + Svg.number(Placement.WIDTH) + " " + Svg.number(placement.height())
                + "\" role=\"img\" aria-label=\""
                + Svg.escaped("Network of " + cluster.node().name()) + "\">\n");
        frames();
        List<NetworkSketch.Line> lines = selection.lines().stream()
                .sorted(Comparator.comparingInt(this::rank))
                .toList();
        lines.forEach(this::line);
        placement.spots().forEach(this::device);
        for (Placement.Row row : placement.rows()) {
            svg.text("row", row.right(), row.y() + 4, row.name());
            if (row.hidden() > 0) {
                svg.text("more", Placement.WIDTH - Placement.MARGIN + 14, row.y() + 4, more(row.hidden(), ""));
            }
        }
        return svg.raw("</svg>\n").toString();
    }

    private static String more(int hidden, String what) {
        return String.format(Locale.ROOT, "+ %,d%s more", hidden, what);
    }

    private void frames() {
        for (Placement.Frame frame : placement.frames()) {
            int hidden = selection.hiddenGpusOf(frame.node());
            svg.raw("<rect class=\"frame\" x=\"" + Svg.number(frame.left()) + "\" y=\"" + Svg.number(frame.top())
                    + "\" width=\"" + Svg.number(frame.right() - frame.left()) + "\" height=\""
                    + Svg.number(frame.bottom() - frame.top()) + "\" rx=\"8\"/>\n");
            svg.text(
                    "node",
                    frame.left() + 10,
                    frame.bottom() - 11,
                    "node " + frame.node() + (hidden > 0 ? "  " + more(hidden, " GPUs") : ""));
        }
        if (selection.hiddenNodes() > 0) {
            Placement.Frame last = placement.frames().getLast();
            double middle = (last.top() + last.bottom()) / 2;
            svg.text("more", last.right() + 14, middle, more(selection.hiddenNodes(), ""));
            svg.text("more", last.right() + 14, middle + 17, selection.hiddenNodes() == 1 ? "node" : "nodes");
        }
    }

    /// What binds is drawn over the way, and that over all else.
    private int rank(NetworkSketch.Line line) {
        return isDown(line) ? 1 : marks.isBinding(line) ? 2 : marks.isOnWay(line) ? 1 : 0;
    }

    private void line(NetworkSketch.Line line) {
        Spot a = placement.spots().get(line.a());
        Spot b = placement.spots().get(line.b());
        if (a == null || b == null) {
            return;
        }
        boolean endless = Double.isInfinite(line.bytesPerSecond());
        double left = damage.left(line);
        boolean binds = !isDown(line) && marks.isBinding(line);
        String base = binds ? "binds" : marks.isOnWay(line) ? "way" : styleOf(line);
        String style = "line " + base + (isDown(line) ? " down" : left < 1 ? " slow" : "");
        String rate =
                isDown(line) ? "down" : endless ? "never binds" : NetworkText.rate(line.bytesPerSecond()) + " each way";
        String title = nameOf(line.a()) + " - " + nameOf(line.b()) + ": " + rate
                + (left < 1 && !isDown(line) ? ", " + NetworkText.percent(left) + " of its rate" : "")
                + (binds ? ", binds" : "");
        boolean gpus = line.a().kind() == Kind.GPU && line.b().kind() == Kind.GPU;
        Grid grid = selection.grid();
        String path = grid == null || !gpus ? Arc.between(a, b, gpus) : Arc.inGrid(grid, a, b, placement.wide());
        svg.path(style, path, endless ? 1 : width(line.bytesPerSecond()), title);
    }

    private static boolean isDown(NetworkSketch.Line line) {
        return line.bytesPerSecond() == 0;
    }

    /// Half a pixel for each doubling: from 1 for 8 GB/s to 4 for 450 GB/s.
    static double width(double bytesPerSecond) {
        double doublings = Math.log(bytesPerSecond / 1e9) / Math.log(2);
        return bytesPerSecond > 0 ? Math.clamp(doublings / 2 - 0.5, 0.8, 8) : WIDTH_OF_DOWN;
    }

    private static String styleOf(NetworkSketch.Line line) {
        Set<Kind> ends = Set.copyOf(List.of(line.a().kind(), line.b().kind()));
        if (ends.contains(Kind.LEAF) || ends.contains(Kind.SPINE)) {
            return "net";
        }
        boolean scaleUp = ends.equals(Set.of(Kind.GPU)) || ends.contains(Kind.GPU_SWITCH);
        return scaleUp ? "up" : "pcie";
    }

    private void device(Vertex vertex, Spot spot) {
        boolean end = way != null
                && vertex.kind() == Kind.GPU
                && (rankOf(vertex) == way.from() || rankOf(vertex) == way.to());
        svg.box("box " + Entry.kebab(vertex.kind()) + (end ? " end" : ""), spot, 4, nameOf(vertex));
        String site = vertex.node() < 0 && selection.sites() > 1 ? siteOf(vertex) + "." : "";
        String number = site + numberOf(vertex);
        if (!selection.isBetweenGroups(vertex) && spot.width() >= LEAST_TEXT && number.length() * 7 <= spot.width()) {
            svg.text("in" + (end ? " end" : ""), spot.x(), spot.y() + 4, number);
        }
    }

    private int rankOf(Vertex gpu) {
        return gpu.node() * network.cluster().node().gpus() + gpu.index();
    }

    /// Its number among its like; those of switches have their tier and site in the upper digits.
    private static int numberOf(Vertex vertex) {
        return vertex.node() < 0 ? vertex.index() & 0xFF_FFFF : vertex.index();
    }

    private static int siteOf(Vertex vertex) {
        return vertex.index() >> 28;
    }

    private String nameOf(Vertex vertex) {
        String name = Entry.kebab(vertex.kind()) + " " + numberOf(vertex);
        if (selection.isBetweenGroups(vertex)) {
            return "between groups";
        }
        if (vertex.node() < 0) {
            return selection.sites() > 1 ? "site " + siteOf(vertex) + " " + name : name;
        }
        String of = "node " + vertex.node() + " " + name;
        return vertex.kind() == Kind.GPU ? of + " (rank " + rankOf(vertex) + ")" : of;
    }

    /// Styles of the lines that are drawn.
    Set<String> styles() {
        Set<String> styles = new TreeSet<>();
        for (NetworkSketch.Line line : selection.lines()) {
            styles.add(styleOf(line));
            if (isDown(line)) {
                styles.add("down");
            } else if (damage.left(line) < 1) {
                styles.add("slow");
            }
        }
        return styles;
    }
}
