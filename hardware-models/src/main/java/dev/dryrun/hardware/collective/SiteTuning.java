// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.NetworkClass;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a machine room really delivers, where that is known; else the figures of the library and of the class of
/// network hold.
///
/// @param values in SI units
public record SiteTuning(Map<TunedConstant, Double> values) {
    public static final SiteTuning NONE = new SiteTuning(Map.of());

    public SiteTuning {
        Map<TunedConstant, Double> copy = new EnumMap<>(TunedConstant.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /// Shares of the line rate that rings and trees, and messages between two GPUs, reach.
    public static SiteTuning of(double ringEfficiency, double messageEfficiency) {
        return new SiteTuning(Map.of(
                TunedConstant.RING_EFFICIENCY, ringEfficiency,
                TunedConstant.MESSAGE_EFFICIENCY, messageEfficiency));
    }

    private double or(TunedConstant constant, double otherwise) {
        return values.getOrDefault(constant, otherwise);
    }

    /// What the library does not have on these links, or what was switched off, is not tuned.
    private double ifThere(TunedConstant constant, double before) {
        return before > 0 ? or(constant, before) : 0;
    }

    /// The class of network as it is here.
    public NetworkClass applyTo(NetworkClass network) {
        double messageSeconds = or(TunedConstant.MESSAGE_LATENCY, network.messageLatencySeconds());
        return new NetworkClass(
                network.name(),
                messageSeconds,
                Math.max(messageSeconds, or(TunedConstant.BULK_LATENCY, network.bulkLatencySeconds())),
                or(TunedConstant.RING_EFFICIENCY, network.ringEfficiency()),
                or(TunedConstant.MESSAGE_EFFICIENCY, network.messageEfficiency()),
                or(TunedConstant.RANK_RATE, network.rankBytesPerSecond()));
    }

    /// The library as it is here.
    ///
    /// @param link generation of the links inside nodes, whose figures are meant
    public CollectiveLibrary applyTo(CollectiveLibrary library, String link) {
        if (values.keySet().stream().allMatch(TunedConstant::ofNetwork)) {
            return library;
        }
        LinkEfficiency before = library.linkEfficiency(link);
        Map<String, LinkEfficiency> links = new LinkedHashMap<>(library.links());
        links.put(
                link,
                new LinkEfficiency(
                        or(TunedConstant.RING, before.ring()),
                        ifThere(TunedConstant.LL_RATE, before.lowLatencyBytesPerSecond()),
                        ifThere(TunedConstant.LL, before.lowLatencyShare()),
                        ifThere(TunedConstant.LL128, before.ll128Share()),
                        ifThere(TunedConstant.IN_SWITCH, before.inSwitchShare())));
        return new CollectiveLibrary(
                library.name(),
                or(TunedConstant.BASE, library.baseSeconds()),
                or(TunedConstant.LOW_LATENCY_HOP, library.lowLatencyHopSeconds()),
                library.proxiedHopSeconds(),
                or(TunedConstant.BULK_HOP, library.bulkHopSeconds()),
                or(TunedConstant.MESH_HOP, library.meshHopSeconds()),
                or(TunedConstant.IN_SWITCH_PER_GPU, library.inSwitchPerGpuSeconds()),
                library.ll128ExtraSeconds(),
                library.fillBytes(),
                library.pairShare(),
                library.treeShare(),
                library.manyNodeTreeShare(),
                library.ll128NetworkShare(),
                or(TunedConstant.LL_NETWORK, library.networkLowLatencyShare()),
                library.remotePeerSeconds(),
                library.largeDomainInterfaces(),
                links);
    }
}
