// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.ClusterPart;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NodeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// The collectives of a cluster: in each part those of its own library, between parts those that all of them can.
///
/// What spans parts goes at its slowest member: each constant is the slowest of the libraries' ([#between]), neither
/// switches in nodes nor those between them add up, and no tuner is asked. That libraries of several vendors speak with
/// each other at all is an assumption: as a framework does that moves bytes between them over the network of the hosts.
public final class PartCollectives {
    private final Network network;
    private final List<CollectiveLibrary> libraries;
    private final NetworkTuning tuning;
    private final List<Collectives> ofParts = new ArrayList<>();
    private final Map<List<Integer>, Collectives> betweenParts = new HashMap<>();

    /// @param libraries of the parts
    /// @param tuned lets a tuner choose where there is one for the library
    public PartCollectives(
            Network network,
            List<CollectiveLibrary> libraries,
            NetworkTuning tuning,
            UnaryOperator<Collectives> tuned) {
        this.network = network;
        this.libraries = List.copyOf(libraries);
        this.tuning = tuning;
        List<ClusterPart> parts = network.cluster().parts();
        for (int part = 0; part < parts.size(); part++) {
            List<NodeType> nodes = List.of(parts.get(part).node());
            ofParts.add(tuned.apply(new Collectives(network, libraries.get(part), tuning, nodes)));
        }
    }

    /// Those that a group of GPUs uses.
    public Collectives of(int[] gpus) {
        Cluster cluster = network.cluster();
        int first = cluster.partOf(gpus[0]);
        if (!cluster.isMixed() || spans(cluster, gpus) == 1) {
            return ofParts.get(first);
        }
        TreeSet<Integer> parts = new TreeSet<>();
        for (int gpu : gpus) {
            parts.add(cluster.partOf(gpu));
        }
        return betweenParts.computeIfAbsent(List.copyOf(parts), this::between);
    }

    private static int spans(Cluster cluster, int[] gpus) {
        int first = cluster.partOf(gpus[0]);
        for (int gpu : gpus) {
            if (cluster.partOf(gpu) != first) {
                return 2;
            }
        }
        return 1;
    }

    private Collectives between(List<Integer> parts) {
        CollectiveLibrary slowest = libraries.get(parts.getFirst());
        List<NodeType> nodes = new ArrayList<>();
        for (int part : parts) {
            slowest = slowest.equals(libraries.get(part)) ? slowest : between(slowest, libraries.get(part));
            nodes.add(network.cluster().parts().get(part).node());
        }
        return new Collectives(network, slowest.withoutInSwitchReduction(), tuning, nodes);
    }

    /// A library of which each constant is the slower of two.
    static CollectiveLibrary between(CollectiveLibrary a, CollectiveLibrary b) {
        Map<String, LinkEfficiency> links = new HashMap<>(a.links());
        b.links().forEach((link, efficiency) -> links.merge(link, efficiency, LinkEfficiency::slower));
        return new CollectiveLibrary(
                a.name().equals(b.name()) ? a.name() : a.name() + " with " + b.name(),
                Math.max(a.baseSeconds(), b.baseSeconds()),
                Math.max(a.lowLatencyHopSeconds(), b.lowLatencyHopSeconds()),
                Math.max(a.proxiedHopSeconds(), b.proxiedHopSeconds()),
                Math.max(a.bulkHopSeconds(), b.bulkHopSeconds()),
                Math.max(a.meshHopSeconds(), b.meshHopSeconds()),
                Math.max(a.inSwitchPerGpuSeconds(), b.inSwitchPerGpuSeconds()),
                Math.max(a.ll128ExtraSeconds(), b.ll128ExtraSeconds()),
                Math.max(a.fillBytes(), b.fillBytes()),
                Math.min(a.pairShare(), b.pairShare()),
                Math.min(a.treeShare(), b.treeShare()),
                Math.min(a.manyNodeTreeShare(), b.manyNodeTreeShare()),
                Math.min(a.ll128NetworkShare(), b.ll128NetworkShare()),
                Math.min(a.networkLowLatencyShare(), b.networkLowLatencyShare()),
                Math.max(a.remotePeerSeconds(), b.remotePeerSeconds()),
                Math.min(a.largeDomainInterfaces(), b.largeDomainInterfaces()),
                Math.max(a.messageChannels(), b.messageChannels()),
                links);
    }
}
