// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Links of a written fabric that one line of its file names: `node * nic k - leaf k`, `leaf 0-3 - spine 0-1`. The same
/// capacity both ways.
///
/// @param line number of that line, from 0
/// @param bytesPerSecond of each cable; 0 where an interface's own rate holds
/// @param cables side by side between two switches
/// @param lineSeconds latency of a long line
record FabricLink(int line, LinkEnd a, LinkEnd b, double bytesPerSecond, int cables, double lineSeconds) {
    private static final int MOST_CABLES = 4096;
    private static final String PAIRS =
            "must name two devices, each node N nic K, leaf N or spine N; for a number there"
                    + " may be a range, and of nodes and interfaces * or a letter that both ends share";
    private static final String EXAMPLE = "[node 0-3 nic k - leaf k]";

    /// Reads `links`: `{pairs: [leaf 0-3 - spine 0, ...], bandwidth: 400 Gb/s, count: 4, latency: 1 us}`.
    static List<FabricLink> readAll(Entry fabric) {
        List<FabricLink> links = new ArrayList<>();
        List<Entry> rows = fabric.children("links");
        for (int line = 0; line < rows.size(); line++) {
            Entry row = rows.get(line);
            boolean rated = row.has("bandwidth");
            double bandwidth =
                    rated ? row.figure("bandwidth", Unit.BYTES_PER_SECOND).value() : 0;
            int cables = (int) row.integer("count", 1, MOST_CABLES, 1);
            double latency = row.quantity("latency", Unit.SECONDS, 0);
            row.allow("source", "date", "note");
            List<String> pairs = row.texts("pairs");
            if (pairs.isEmpty() && row.isSound("pairs")) {
                row.problem("pairs", row.has("pairs") ? "empty" : "missing", PAIRS, EXAMPLE);
            }
            for (String pair : pairs) {
                String[] ends = pair.split(" - ", -1);
                LinkEnd a = LinkEnd.read(ends[0]);
                LinkEnd b = ends.length == 2 ? LinkEnd.read(ends[1]) : null;
                if (a == null || b == null || loose(a, b) || loose(b, a)) {
                    row.problem("pairs", "\"" + pair + "\"", PAIRS, EXAMPLE);
                    continue;
                }
                boolean cable = a.kind() == Kind.NIC || b.kind() == Kind.NIC;
                if (!cable && !rated) {
                    row.problem("bandwidth", "missing", "links between switches need one", "");
                }
                if (cable && cables > 1) {
                    row.problem("count", row.shown("count"), "an interface has one cable", "");
                }
                links.add(new FabricLink(line, a, b, bandwidth, cables, latency));
            }
            row.rejectUnknownKeys();
        }
        if (rows.isEmpty() && fabric.isSound("links")) {
            fabric.problem("links", fabric.has("links") ? "empty" : "missing", "a written fabric lists its links", "");
        }
        return List.copyOf(links);
    }

    /// Whether a letter of one end has no node or interface to range over.
    private static boolean loose(LinkEnd end, LinkEnd other) {
        return LinkEnd.isLetter(end.index()) && !end.binds(end.index()) && !other.binds(end.index());
    }

    /// Hands every two devices that it joins to somebody.
    void forEach(int nodes, int nics, BiConsumer<Vertex, Vertex> somebody) {
        Map<String, Integer> limits = new TreeMap<>();
        a.letters(limits, nodes, nics);
        b.letters(limits, nodes, nics);
        bind(List.copyOf(limits.keySet()), limits, new TreeMap<>(), nodes, nics, somebody);
    }

    private void bind(
            List<String> open,
            Map<String, Integer> limits,
            Map<String, Integer> values,
            int nodes,
            int nics,
            BiConsumer<Vertex, Vertex> somebody) {
        if (open.isEmpty()) {
            for (Vertex from : a.devices(values, nodes, nics)) {
                for (Vertex to : b.devices(values, nodes, nics)) {
                    somebody.accept(from, to);
                }
            }
            return;
        }
        String letter = open.getFirst();
        for (int value = 0; value < limits.getOrDefault(letter, 0); value++) {
            values.put(letter, value);
            bind(open.subList(1, open.size()), limits, values, nodes, nics, somebody);
        }
    }

    @Override
    public String toString() {
        return a + " - " + b;
    }
}
