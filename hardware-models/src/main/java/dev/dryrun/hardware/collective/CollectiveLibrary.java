// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.catalog.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A library of collectives: what its steps cost, and what it gets out of links.
///
/// @param baseSeconds of any collective
/// @param lowLatencyHopSeconds step of LL and LL128 inside a node
/// @param proxiedHopSeconds the same where the collective spans nodes and is no all-reduce
/// @param bulkHopSeconds step of a ring in the bulk protocol over switched links
/// @param meshHopSeconds the same on one node with a mesh
/// @param inSwitchPerGpuSeconds of an all-reduce inside the switches, for each GPU
/// @param ll128ExtraSeconds base of LL128 beyond that of the others
/// @param fillBytes traffic until stages of a pipeline overlap fully
/// @param pairShare of the ring's rate that an all-reduce of two GPUs reaches
/// @param treeShare of the ring's rate that the stage of a tree inside a node reaches
/// @param manyNodeTreeShare of the network's rate that a tree over three and more nodes reaches
/// @param ll128NetworkShare of the network's rate that LL128 reaches
/// @param networkLowLatencyShare of the line rate that the low-latency protocol reaches
/// @param remotePeerSeconds of an all-to-all, for each peer on another node
/// @param largeDomainInterfaces over which a flat ring leaves a domain of more than 32 GPUs, in interfaces of a GPU
/// @param messageChannels blocks, each of a compute unit, that hold a message between neighbours while it is sent
/// @param links efficiency by generation of link
public record CollectiveLibrary(
        String name,
        double baseSeconds,
        double lowLatencyHopSeconds,
        double proxiedHopSeconds,
        double bulkHopSeconds,
        double meshHopSeconds,
        double inSwitchPerGpuSeconds,
        double ll128ExtraSeconds,
        double fillBytes,
        double pairShare,
        double treeShare,
        double manyNodeTreeShare,
        double ll128NetworkShare,
        double networkLowLatencyShare,
        double remotePeerSeconds,
        double largeDomainInterfaces,
        double messageChannels,
        Map<String, LinkEfficiency> links) {
    private static final double SMALLEST = 0.001;
    private static final double MOST_INTERFACES = 1024;
    private static final double MOST_CHANNELS = 64;

    public CollectiveLibrary {
        links = Map.copyOf(links);
    }

    /// The library of that name in the project's own catalog.
    public static CollectiveLibrary named(String name) {
        var problems = new Problems();
        Document document = new Catalog(List.of()).find("libraries", name, problems);
        if (document == null) {
            throw new IllegalArgumentException("library is \"" + name + "\"; the catalog has no such one");
        }
        CollectiveLibrary library = read(name, document.root());
        problems.throwIfAny();
        return library;
    }

    /// Reads a library as the catalog writes it.
    public static CollectiveLibrary read(String name, Entry entry) {
        entry.allow("title", "source", "date", "note", "extends", "name");
        Map<String, LinkEfficiency> links = new LinkedHashMap<>();
        for (Entry link : entry.children("links")) {
            links.put(link.text("name"), LinkEfficiency.read(link));
        }
        CollectiveLibrary library = new CollectiveLibrary(
                name,
                entry.figure("base", Unit.SECONDS).value(),
                entry.figure("low_latency_hop", Unit.SECONDS).value(),
                entry.figure("proxied_hop", Unit.SECONDS).value(),
                entry.figure("bulk_hop", Unit.SECONDS).value(),
                entry.figure("mesh_hop", Unit.SECONDS).value(),
                entry.figure("in_switch_per_gpu", Unit.SECONDS).value(),
                entry.figure("ll128_extra", Unit.SECONDS).value(),
                entry.figure("fill", Unit.BYTES).value(),
                entry.figure("pair", SMALLEST, 1).value(),
                entry.figure("tree", SMALLEST, 1).value(),
                entry.figure("many_node_tree", SMALLEST, 1).value(),
                entry.figure("ll128_network", SMALLEST, 1).value(),
                entry.figure("ll_network", SMALLEST, 1).value(),
                entry.figure("remote_peer", Unit.SECONDS).value(),
                entry.figure("large_domain_interfaces", 1, MOST_INTERFACES).value(),
                entry.figure("message_channels", 1, MOST_CHANNELS).value(),
                links);
        entry.rejectUnknownKeys();
        return library;
    }

    /// Efficiency of a generation of links.
    public LinkEfficiency linkEfficiency(String link) {
        LinkEfficiency efficiency = links.get(link);
        if (efficiency == null) {
            throw new IllegalArgumentException("link is \"" + link + "\"; " + name + " knows "
                    + links.keySet().stream().sorted().toList());
        }
        return efficiency;
    }

    /// The library where all-reduce inside the switches is off or not there yet.
    public CollectiveLibrary withoutInSwitchReduction() {
        Map<String, LinkEfficiency> without = new LinkedHashMap<>();
        links.forEach((link, efficiency) -> without.put(link, efficiency.withoutInSwitchReduction()));
        return withLinks(without);
    }

    private CollectiveLibrary withLinks(Map<String, LinkEfficiency> other) {
        return new CollectiveLibrary(
                name,
                baseSeconds,
                lowLatencyHopSeconds,
                proxiedHopSeconds,
                bulkHopSeconds,
                meshHopSeconds,
                inSwitchPerGpuSeconds,
                ll128ExtraSeconds,
                fillBytes,
                pairShare,
                treeShare,
                manyNodeTreeShare,
                ll128NetworkShare,
                networkLowLatencyShare,
                remotePeerSeconds,
                largeDomainInterfaces,
                messageChannels,
                other);
    }
}
