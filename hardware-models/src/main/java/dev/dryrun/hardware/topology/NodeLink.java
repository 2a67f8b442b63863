// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A link inside a node whose wiring is written out, with the same capacity both ways.
///
/// @param a one end
/// @param b the other end
/// @param generation of link, by which a library knows its efficiency
/// @param bytesPerSecond raw, of all parallel links together
public record NodeLink(End a, End b, String generation, double bytesPerSecond) {
    private static final double BETWEEN_GPUS = 1;
    private static final double ELSE = 1.5;

    /// A device of the node.
    ///
    /// @param index number among its like
    public record End(Kind kind, int index) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + index;
        }

        NodeGraph.Device device() {
            return new NodeGraph.Device(kind, index);
        }
    }

    /// Links between GPUs are preferred to any way through switches and processors of the same number of hops.
    double weight() {
        return a.kind() == Kind.GPU && b.kind() == Kind.GPU ? BETWEEN_GPUS : ELSE;
    }

    /// Reads the list `links` of a node: `{link: nvlink2, bandwidth: 25 GB/s, count: 2, pairs: [gpu 0 - gpu 3, ...]}`.
    static List<NodeLink> readAll(Entry node, int gpus, int nics) {
        List<NodeLink> links = new ArrayList<>();
        for (Entry row : node.children("links")) {
            String generation = row.text("link");
            double each = row.figure("bandwidth", Unit.BYTES_PER_SECOND).value();
            long count = row.integer("count", 1, 1024, 1);
            for (String pair : row.texts("pairs")) {
                String[] ends = pair.split(" - ", -1);
                End a = end(ends[0]);
                End b = ends.length == 2 ? end(ends[1]) : null;
                if (a == null || b == null || a.equals(b)) {
                    row.problem(
                            "pairs",
                            "\"" + pair + "\"",
                            "must name two devices such as gpu 0 - gpu 1, each a gpu, gpu-switch, pcie-switch, cpu or"
                                    + " nic with its number",
                            "");
                    continue;
                }
                for (End end : List.of(a, b)) {
                    int most = end.kind() == Kind.GPU ? gpus : end.kind() == Kind.NIC ? nics : Integer.MAX_VALUE;
                    if (end.index() >= most) {
                        row.problem("pairs", "\"" + pair + "\"", "must stay below the node's number of " + most, "");
                    }
                }
                links.add(new NodeLink(a, b, generation, each * count));
            }
            row.allow("source", "date", "note");
            row.rejectUnknownKeys();
        }
        return List.copyOf(links);
    }

    static @Nullable End end(String written) {
        int space = written.strip().lastIndexOf(' ');
        String number = written.strip().substring(space + 1);
        if (space < 0 || !number.matches("\\d{1,4}")) {
            return null;
        }
        String word = written.strip().substring(0, space);
        for (Kind kind : List.of(Kind.GPU, Kind.GPU_SWITCH, Kind.PCIE_SWITCH, Kind.CPU, Kind.NIC)) {
            if (Entry.kebab(kind).equals(word)) {
                return new End(kind, Integer.parseInt(number));
            }
        }
        return null;
    }
}
