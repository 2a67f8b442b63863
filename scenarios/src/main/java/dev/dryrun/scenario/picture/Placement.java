// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import dev.dryrun.hardware.topology.NetworkSketch;
import dev.dryrun.hardware.topology.Vertex;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where everything stands: switches between nodes in rows above, nodes side by side below, each with rows of its own.
/// Who hangs on something stands near it.
final class Placement {
    static final double WIDTH = 1240;
    static final double LEFT = 112;
    /// Room at the right for what is counted only.
    static final double MARGIN = 132;

    private static final double FIRST_ROW = 44;
    private static final double FABRIC_ROW = 104;
    private static final double FRAME_HEAD = 36;
    private static final double NODE_ROW = 76;
    /// Room for the name of the node.
    private static final double FRAME_FOOT = 44;
    private static final double FRAME_GAP = 14;
    private static final double WIDEST_FRAME = 760;
    private static final double BOX_HEIGHT = 22;
    private static final double BOX_GAP = 4;
    /// Rows of a node from above.
    private static final List<Kind> INSIDE = List.of(Kind.NIC, Kind.CPU, Kind.PCIE_SWITCH, Kind.GPU, Kind.GPU_SWITCH);
    /// The order in which they find their places, from the GPUs outwards.
    private static final List<Kind> INWARDS = List.of(Kind.GPU, Kind.GPU_SWITCH, Kind.PCIE_SWITCH, Kind.CPU, Kind.NIC);

    /// A box around a node.
    record Frame(int node, double left, double top, double right, double bottom) {}

    /// A row.
    ///
    /// @param name at its left
    /// @param right where the name ends
    /// @param hidden how many more there are, at its right
    record Row(String name, double right, double y, int hidden) {}

    private final Selection selection;
    private final Map<Vertex, Spot> spots = new LinkedHashMap<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final double height;

    Placement(Selection selection) {
        this.selection = selection;
        int highest = selection.highestTier();
        double top = FIRST_ROW + FABRIC_ROW * (highest + 1) - (highest < 0 ? 20 : 34);
        double bottom = nodes(top);
        for (int tier = 0; tier <= highest; tier++) {
            double y = FIRST_ROW + FABRIC_ROW * (highest - tier);
            List<Vertex> switches = selection.switchesOf(tier);
            set(switches, LEFT, WIDTH - MARGIN, y, 34);
            rows.add(new Row(
                    selection.nameOf(tier),
                    LEFT - 14,
                    y,
                    selection.hiddenSwitches().getOrDefault(tier, 0)));
        }
        height = bottom + 14;
    }

    /// Places the nodes and returns where the last of them ends.
    private double nodes(double top) {
        List<Integer> nodes = selection.drawnNodes();
        double right = selection.hiddenNodes() > 0 || selection.highestTier() >= 0 ? WIDTH - MARGIN : WIDTH - 14;
        double width = Math.min(WIDEST_FRAME, (right - LEFT - FRAME_GAP * (nodes.size() - 1)) / nodes.size());
        Map<Kind, Double> at = new LinkedHashMap<>();
        double left = LEFT + Math.max(0, (right - LEFT - nodes.size() * (width + FRAME_GAP) + FRAME_GAP) / 2);
        double y = top + FRAME_HEAD;
        for (Kind kind : INSIDE) {
            if (selection.devices().stream().anyMatch(vertex -> vertex.kind() == kind)) {
                at.put(kind, y);
                rows.add(new Row(nameOf(kind), left - 14, y, 0));
                y += NODE_ROW + (kind == Kind.GPU ? belowGpus((width - 48) / Math.max(1, widestRow(kind) - 1)) : 0);
            }
        }
        double bottom = y - NODE_ROW + FRAME_FOOT;
        for (int node : nodes) {
            frames.add(new Frame(node, left, top, left + width, bottom));
            for (Kind kind : INWARDS) {
                List<Vertex> row = selection.devices().stream()
                        .filter(vertex -> vertex.node() == node && vertex.kind() == kind)
                        .toList();
                double gap = kind == Kind.GPU ? width : 46;
                Grid grid = kind == Kind.GPU ? selection.grid() : null;
                if (grid == null) {
                    set(row, left + 24, left + width - 24, at.getOrDefault(kind, y), gap);
                } else {
                    set(grid, row, left + 24, left + width - 34, at.getOrDefault(kind, y));
                }
            }
            left += width + FRAME_GAP;
        }
        return bottom;
    }

    /// Room that arcs between GPUs need, or further rows of them.
    private double belowGpus(double step) {
        Grid grid = selection.grid();
        return grid == null ? Arc.deepest(selection, step) : grid.row() * (grid.rows() - 1) + grid.deepest() - 4;
    }

    private void set(Grid grid, List<Vertex> chips, double left, double right, double y) {
        for (Vertex chip : chips) {
            double x = left + (right - left) * grid.place(chip.index());
            spots.put(chip, new Spot(x, y + grid.row() * grid.rowOf(chip.index()), 28, BOX_HEIGHT));
        }
    }

    /// From the first column of a grid to the last.
    double wide() {
        Frame frame = frames.getFirst();
        return frame.right() - frame.left() - 58;
    }

    private long widestRow(Kind kind) {
        return selection.drawnNodes().stream()
                .mapToLong(node -> selection.devices().stream()
                        .filter(vertex -> vertex.node() == node && vertex.kind() == kind)
                        .count())
                .max()
                .orElse(0);
    }

    private static String nameOf(Kind kind) {
        return switch (kind) {
            case GPU -> "GPUs";
            case GPU_SWITCH -> "GPU switches";
            case PCIE_SWITCH -> "PCIe switches";
            case CPU -> "processors";
            case NIC -> "interfaces";
            case LEAF -> "leaves";
            case SPINE -> "spines";
        };
    }

    /// Sets a row, each where what it hangs on has its middle.
    private void set(List<Vertex> row, double left, double right, double y, double gap) {
        double[] wishes = new double[row.size()];
        for (int i = 0; i < wishes.length; i++) {
            double even = row.size() == 1 ? (left + right) / 2 : left + (right - left) * i / (row.size() - 1);
            wishes[i] = wish(row.get(i), even);
        }
        double step = row.size() < 2 ? gap : Math.min(gap, (right - left) / (row.size() - 1));
        double width = Math.min(30, step - BOX_GAP);
        double[] middles = Spread.of(wishes, step, left, right);
        for (int i = 0; i < middles.length; i++) {
            spots.put(row.get(i), new Spot(middles[i], y, width, BOX_HEIGHT));
        }
    }

    private double wish(Vertex vertex, double otherwise) {
        double sum = 0;
        int count = 0;
        for (NetworkSketch.Line line : selection.lines()) {
            if (line.a().equals(vertex) || line.b().equals(vertex)) {
                Spot other = spots.get(line.a().equals(vertex) ? line.b() : line.a());
                sum += other == null ? 0 : other.x();
                count += other == null ? 0 : 1;
            }
        }
        return count == 0 || vertex.kind() == Kind.GPU ? otherwise : sum / count;
    }

    Map<Vertex, Spot> spots() {
        return spots;
    }

    List<Frame> frames() {
        return frames;
    }

    List<Row> rows() {
        return rows;
    }

    double height() {
        return height;
    }
}
