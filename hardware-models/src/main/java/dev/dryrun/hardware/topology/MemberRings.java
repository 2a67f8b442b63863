// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Finds the rings that a library runs among GPUs of one node, and keeps them.
///
/// - Every pair has a link of its own, all equal: k GPUs have k(k-1) directed links, which k-1 disjoint rings share on
///   one
///   node (Tillson, 1980, doi:10.1016/0095-8956(80)90044-1, but for k of 4 and 6); a ring that leaves the node needs a
///   link fewer, which leaves room for k of them.
/// - GPUs are joined directly, but not so evenly: as many disjoint rings as [RingSearch] finds.
/// - Else, and on a torus, one ring over the shortest ways, through switches or processors, each GPU followed by the
///   nearest that is left.
final class MemberRings {
    private static final RingUse NONE =
            new RingUse(new int[0], new double[0], Double.POSITIVE_INFINITY, "", false, List.of());

    private final NodeGraph graph;
    /// Numbers of the wires that join two GPUs directly, by pair.
    private final Map<Long, Integer> direct = new HashMap<>();
    private final Map<BitSet, RingUse> known = new HashMap<>();

    MemberRings(NodeGraph graph) {
        this.graph = graph;
        for (int wire = 0; wire < graph.wires().size(); wire++) {
            NodeGraph.Device from = graph.devices().get(graph.wires().get(wire).from());
            NodeGraph.Device to = graph.devices().get(graph.wires().get(wire).to());
            if (from.kind() == Kind.GPU && to.kind() == Kind.GPU && !graph.isDown(wire)) {
                direct.put(pair(from.index(), to.index()), wire);
            }
        }
    }

    private static long pair(int from, int to) {
        return (long) from << 32 | to;
    }

    /// @param gpus positions in the node, in any order
    RingUse among(int[] gpus, boolean leavesNode) {
        if (gpus.length < 2) {
            return NONE;
        }
        var key = new BitSet(graph.devices().size() + 1);
        for (int gpu : gpus) {
            key.set(gpu + 1);
        }
        key.set(0, leavesNode);
        RingUse use = known.get(key);
        if (use == null) {
            use = find(gpus, leavesNode);
            known.put(key, use);
        }
        return use;
    }

    private RingUse find(int[] unordered, boolean leavesNode) {
        int[] gpus = unordered.clone();
        Arrays.sort(gpus);
        if (isPairwise(gpus)) {
            double each = 1.0 / (leavesNode ? gpus.length : gpus.length - 1);
            var usage = new WireUsage(graph);
            for (int from : gpus) {
                for (int to : gpus) {
                    if (from != to) {
                        usage.add(wire(from, to), each);
                    }
                }
            }
            return usage.build(true, List.of());
        }
        if (graph.boxes() != null || gpus.length > RingSearch.MOST_MEMBERS) {
            return routed(gpus);
        }
        double[][] joined = new double[gpus.length][gpus.length];
        for (int a = 0; a < gpus.length; a++) {
            for (int b = 0; b < gpus.length; b++) {
                Integer wire = direct.get(pair(gpus[a], gpus[b]));
                joined[a][b] = wire == null ? 0 : graph.wires().get(wire).bytesPerSecond();
            }
        }
        List<int[]> rings = RingSearch.disjointRings(joined);
        return rings.isEmpty() ? routed(gpus) : overDirectLinks(gpus, rings);
    }

    private boolean isPairwise(int[] gpus) {
        double first = 0;
        for (int from : gpus) {
            for (int to : gpus) {
                if (from == to) {
                    continue;
                }
                Integer wire = direct.get(pair(from, to));
                double capacity = wire == null ? 0 : graph.wires().get(wire).bytesPerSecond();
                first = first == 0 ? capacity : first;
                if (capacity == 0 || capacity != first) {
                    return false;
                }
            }
        }
        return true;
    }

    private int wire(int from, int to) {
        Integer wire = direct.get(pair(from, to));
        if (wire == null) {
            throw new IllegalStateException("no link from GPU " + from + " to GPU " + to);
        }
        return wire;
    }

    /// Each ring runs both ways around.
    private RingUse overDirectLinks(int[] gpus, List<int[]> rings) {
        var usage = new WireUsage(graph);
        double each = 1.0 / (2 * rings.size());
        List<int[]> orders = new ArrayList<>();
        for (int[] ring : rings) {
            for (int i = 0; i < ring.length; i++) {
                int here = gpus[ring[i]];
                int next = gpus[ring[(i + 1) % ring.length]];
                usage.add(wire(here, next), each);
                usage.add(wire(next, here), each);
            }
            orders.add(Arrays.stream(ring).map(i -> gpus[i]).toArray());
            orders.add(IntStream.rangeClosed(1, ring.length)
                    .map(i -> gpus[ring[ring.length - i]])
                    .toArray());
        }
        return usage.build(false, List.copyOf(orders));
    }

    private RingUse routed(int[] gpus) {
        var usage = new WireUsage(graph);
        boolean[] met = new boolean[gpus.length];
        int[] order = new int[gpus.length];
        order[0] = gpus[0];
        met[0] = true;
        int here = 0;
        for (int i = 1; i <= gpus.length; i++) {
            int next = i == gpus.length ? 0 : nearest(gpus, here, met);
            EqualCostRoutes.Ways ways = graph.ways(NodeGraph.gpu(gpus[here]), NodeGraph.gpu(gpus[next]));
            if (!ways.exists()) {
                throw new IllegalArgumentException("no way from GPU " + gpus[here] + " to GPU " + gpus[next]);
            }
            for (int k = 0; k < ways.edges().length; k++) {
                usage.add(ways.edges()[k], ways.shares()[k]);
            }
            met[next] = true;
            here = next;
            if (i < gpus.length) {
                order[i] = gpus[next];
            }
        }
        return usage.build(false, List.<int[]>of(order));
    }

    private int nearest(int[] gpus, int here, boolean[] met) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < gpus.length; i++) {
            double length = met[i]
                    ? Double.POSITIVE_INFINITY
                    : graph.ways(NodeGraph.gpu(gpus[here]), NodeGraph.gpu(gpus[i]))
                            .length();
            if (length < least || (best < 0 && !met[i])) {
                least = length;
                best = i;
            }
        }
        return best;
    }
}
