// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A part of a cluster that is slow or down.
///
/// @param part an interface, a link or a device
/// @param rate what is left of its bandwidth: 0 where it is down, 1 where it is well
public record Degraded(Part part, double rate) {
    /// What can be slow or down.
    public sealed interface Part {
        /// An interface of a node, with its cable.
        record Interface(int node, int nic) implements Part {
            @Override
            public String toString() {
                return "node " + node + " nic " + nic;
            }
        }

        /// A link inside a node; where the other end is null, every link of a device.
        record Inside(int node, NodeLink.End a, NodeLink.@Nullable End b) implements Part {
            @Override
            public String toString() {
                return "node " + node + " " + a + (b == null ? "" : " - " + b);
            }
        }

        /// A link between switches; where the other end is null, a switch with all its links.
        record Between(Vertex a, @Nullable Vertex b) implements Part {
            @Override
            public String toString() {
                return WrittenFabric.name(a) + (b == null ? "" : " - " + WrittenFabric.name(b));
            }
        }
    }

    private static final Pattern IN_NODE = Pattern.compile("node (\\d{1,6}) (.+?)(?: - (.+))?");
    private static final Pattern SWITCH = Pattern.compile("(?:site ([01]) )?(leaf|spine) (\\d{1,6})");

    public Degraded {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate is " + rate + "; it must be from 0 to 1");
        }
    }

    public boolean isDown() {
        return rate == 0;
    }

    /// What a text names, `node 3 nic 2`, `node 0 gpu 1 - gpu 2`, `leaf 0 - spine 1`; null where it names nothing.
    public static @Nullable Part part(String text) {
        Matcher inNode = IN_NODE.matcher(text.strip());
        if (inNode.matches()) {
            int node = Integer.parseInt(inNode.group(1));
            NodeLink.End a = NodeLink.end(inNode.group(2));
            NodeLink.End b = inNode.group(3) == null ? null : NodeLink.end(inNode.group(3));
            if (a == null || (b == null && inNode.group(3) != null)) {
                return null;
            }
            return a.kind() == Kind.NIC && b == null
                    ? new Part.Interface(node, a.index())
                    : new Part.Inside(node, a, b);
        }
        String[] ends = text.strip().split(" - ", -1);
        Vertex a = switchOf(ends[0]);
        Vertex b = ends.length == 2 ? switchOf(ends[1]) : null;
        return a == null || ends.length > 2 || (ends.length == 2 && b == null) ? null : new Part.Between(a, b);
    }

    private static @Nullable Vertex switchOf(String text) {
        Matcher matcher = SWITCH.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        int moved = "1".equals(matcher.group(1)) ? TwoSitesLinks.SECOND_SITE : 0;
        Kind kind = matcher.group(2).equals("leaf") ? Kind.LEAF : Kind.SPINE;
        return new Vertex(kind, -1, moved + Integer.parseInt(matcher.group(3)));
    }

    /// Reads a row of `degraded`: `{device: node 3 nic 2, rate: 0.5}` or `{link: leaf 0 - spine 1, rate: 0}`; null
    /// where something is wrong with it, which was told.
    public static @Nullable Degraded read(Entry row) {
        boolean link = row.has("link");
        String key = link ? "link" : "device";
        if (link && row.has("device")) {
            row.problem("device", row.shown("device"), "must not stand beside a link", "");
        }
        String text = row.text(key);
        double rate = row.number("rate", 0, 1);
        row.rejectUnknownKeys();
        Part part = part(text);
        if (part != null && text.contains(" - ") == link) {
            return row.isSound("rate") ? new Degraded(part, rate) : null;
        }
        if (row.isSound(key)) {
            String rule = link
                    ? "must name two ends, as leaf 0 - spine 1 or node 0 gpu 1 - gpu 2 do"
                    : "must name a device, as node 3 nic 2, node 0 gpu 1, leaf 0 or spine 1 do";
            row.problem(key, row.shown(key), rule, "");
        }
        return null;
    }
}
