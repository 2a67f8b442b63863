// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import java.util.LinkedHashMap;
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
        Map<String, LinkEfficiency> links) {
    public CollectiveLibrary {
        links = Map.copyOf(links);
    }

    /// Efficiency of a generation of links.
    public LinkEfficiency linkEfficiency(String link) {
        LinkEfficiency efficiency = links.get(link);
        if (efficiency == null) {
            throw new IllegalArgumentException(
                    "link is \"" + link + "\"; " + name + " knows " + links.keySet().stream().sorted().toList());
        }
        return efficiency;
    }

    /// The library where all-reduce inside the switches is off or not there yet.
    public CollectiveLibrary withoutInSwitchReduction() {
        Map<String, LinkEfficiency> without = new LinkedHashMap<>();
        links.forEach((link, efficiency) -> without.put(link, efficiency.withoutInSwitchReduction()));
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
                without);
    }
}
