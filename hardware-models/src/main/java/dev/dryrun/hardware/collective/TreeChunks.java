// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.collective.ChunkedPipeline.Hops;
import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.sharing.Footprint;
import java.util.ArrayList;
import java.util.List;

/// All-reduce over nodes chunk by chunk: inside each node up to one member, up a tree of nodes to its root, and all the
/// way down again. Member j of each node and its interface do so for a part of their own, half of it on each tree of
/// [DoubleTree].
///
/// Chunks are so large that D hops in a row fill in the time that the fluid plan takes for `fillBytes`. The fluid plan
/// charges every member alike; a chain leaves one in p of them idle for each part, so its hops are charged p/(p-1).
final class TreeChunks {
    private static final int MOST_CHUNKS = 4096;
    private static final int MOST_FLOWS = 1 << 22;

    private final Group group;
    private final NodeHops inside;
    private final double betweenPerByte;
    private final Hops hops = new Hops();

    /// How a node's members hand their chunks to one of them, and get the sum back.
    interface NodeHops {
        /// Adds the hops up and returns those that the head waits for; none for a single member.
        List<Integer> up(Hops hops, int[] members, int lane, double share);

        /// Adds the hops down, once those given have brought the sum to the head.
        void down(Hops hops, int[] members, int lane, double share, List<Integer> after);
    }

    private TreeChunks(Group group, NodeHops inside) {
        this.group = group;
        this.inside = inside;
        double share = group.nodes() == 2 ? 1 : group.library().manyNodeTreeShare();
        betweenPerByte = 1 / (share * group.networkClass().ringEfficiency());
    }

    static FlowPlan of(Group group, CollectivePlan fluid, NodeHops inside, double bytes) {
        var chunks = new TreeChunks(group, inside);
        int lanes = RingOrders.count(group);
        for (int lane = 0; lane < lanes; lane++) {
            chunks.addTree(DoubleTree.first(group.nodes()), lane, 0.5 / lanes);
            chunks.addTree(DoubleTree.second(group.nodes()), lane, 0.5 / lanes);
        }
        int between = Math.max(1, chunks.hops.depth() - 1);
        double wanted = bytes == 0 ? 1 : Math.max(1, bytes / group.library().fillBytes()) * between;
        int most = Math.clamp(MOST_FLOWS / chunks.hops.count(), 1, MOST_CHUNKS);
        return chunks.hops.pipeline(bytes, (int) Math.clamp(wanted, 1, most), fluid.latencySeconds());
    }

    private void addTree(DoubleTree tree, int lane, double share) {
        List<Integer> sum = up(tree, tree.root(), lane, share);
        down(tree, tree.root(), lane, share, sum);
    }

    private List<Integer> up(DoubleTree tree, int node, int lane, double share) {
        List<Integer> into = new ArrayList<>(inside.up(hops, members(node), lane, share));
        for (int child : tree.children().get(node)) {
            List<Integer> below = up(tree, child, lane, share);
            into.add(hops.add(between(child, node, lane), share, below));
        }
        return into;
    }

    private void down(DoubleTree tree, int node, int lane, double share, List<Integer> after) {
        inside.down(hops, members(node), lane, share, after);
        for (int child : tree.children().get(node)) {
            int hop = hops.add(between(node, child, lane), share, after);
            down(tree, child, lane, share, List.of(hop));
        }
    }

    private int[] members(int node) {
        return group.membersByNode().get(node);
    }

    private Footprint between(int from, int to, int lane) {
        int[] here = members(from);
        int[] there = members(to);
        var usage = new LinkUsage(8);
        usage.add(group.network().route(here[lane % here.length], there[lane % there.length]), betweenPerByte);
        return usage.toFootprint();
    }
}
