// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective.tuner;

import dev.dryrun.hardware.collective.Group;
import dev.dryrun.hardware.topology.NodeType;

/// The channels that NCCL's search packs onto the links of a node, and the rate it gives each of them inside nodes and
/// between them, in GB/s.
///
/// Rates of a list are tried from high to low; as many channels as links and interfaces hold, each channel through
/// every GPU once and through one interface. The largest sum counts among rates down to half of the first that fits; of
/// equal sums the fewest channels. Those of 25 GB/s and more are split in two, but for many slow ones from Hopper on.
/// Source: NVIDIA/nccl at 5067397c26, `search.cc`. Not searched: which order of GPUs passes which link; the rings of
/// the graph stand for that.
record Channels(int count, double inside, double between) {
    private static final int MOST = 32;
    private static final double HALF = 0.49;
    private static final double SPLIT_FROM = 25;
    private static final double SLOW = 50;
    private static final int MANY = 4;
    private static final double PER_100_GIGABIT = 12.0;
    private static final double REFERENCE_NIC = 12.5;
    private static final double ROUNDING = 1e-9;

    /// Channels of rings.
    static Channels ofRings(GpuGeneration gpu, Group group) {
        boolean nodes = group.nodes() > 1;
        double links = linkRate(gpu, group);
        double nic = nicRate(group.node());
        int nics = nicsInUse(group);
        int best = 0;
        double bestRate = 0;
        double first = 0;
        for (double rate : gpu.rates(nodes)) {
            if (first > 0 && rate / first <= HALF) {
                break;
            }
            double fitting = Math.min(MOST, links / rate);
            if (nodes) {
                fitting = Math.min(fitting, nics * Math.floor(nic / rate + ROUNDING));
            }
            int count = (int) (fitting + ROUNDING);
            first = first == 0 && count > 0 ? rate : first;
            if (count * rate > best * bestRate + ROUNDING) {
                best = count;
                bestRate = rate;
            }
        }
        if (best == 0) {
            double all = nodes ? Math.min(links, nics * nic) : links;
            return new Channels(1, all, all);
        }
        boolean manySlow = gpu.compareTo(GpuGeneration.AMPERE) > 0 && bestRate < SLOW && best > MANY;
        int copies = bestRate >= SPLIT_FROM && !manySlow && 2 * best <= MOST ? 2 : 1;
        return new Channels(best * copies, bestRate / copies, bestRate / copies);
    }

    /// Channels of trees: as many as rings have, of chains that leave one link of a ring free, hence n/(n-1) as fast.
    static Channels ofTrees(GpuGeneration gpu, Group group, Channels rings) {
        double links = openLinkRate(gpu, group) / rings.count();
        if (group.nodes() == 1) {
            double inside = fastest(gpu.rates(false), links);
            return new Channels(rings.count(), inside, inside);
        }
        double nic = nicsInUse(group) * nicRate(group.node()) / rings.count();
        double between = fastest(gpu.rates(true), Math.min(links, nic));
        return new Channels(
                rings.count(), Math.max(between, fastest(gpu.rates(true), Math.min(links, 2 * between))), between);
    }

    /// Channels of reductions in the switches: one for each GPU of a node, which is their head.
    static Channels ofSwitches(GpuGeneration gpu, Group group) {
        int heads = group.membersPerNode();
        double inside = fastest(gpu.rates(false), openLinkRate(gpu, group) / heads);
        double nic = nicsInUse(group) * nicRate(group.node()) / heads;
        return new Channels(heads, inside, group.nodes() == 1 ? inside : fastest(gpu.rates(true), nic));
    }

    /// The largest rate of a list that fits; what there is where none does.
    private static double fastest(double[] rates, double available) {
        for (double rate : rates) {
            if (rate <= available + ROUNDING) {
                return rate;
            }
        }
        return available;
    }

    /// What NCCL counts of the links that rings run on; through the bus, what the library gets out of it.
    private static double linkRate(GpuGeneration gpu, Group group) {
        double share = group.ringLink().startsWith("nvlink")
                ? gpu.ofRawLink()
                : group.efficiency().ring();
        return group.ringBytesPerSecond() * 1e-9 * share;
    }

    private static double openLinkRate(GpuGeneration gpu, Group group) {
        int members = group.membersPerNode();
        return linkRate(gpu, group) * members / Math.max(1, members - 1);
    }

    static int nicsInUse(Group group) {
        NodeType node = group.node();
        return Math.min(group.membersPerNode() * node.nicsPerGpu(), node.nics());
    }

    static double nicRate(NodeType node) {
        return node.nicBytesPerSecond() * 1e-9 / REFERENCE_NIC * PER_100_GIGABIT;
    }
}
