// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.topology.NetworkClass;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A constant that a machine room may have its own figure for: of the network between its nodes, or of the library and
/// the links inside them.
public enum TunedConstant {
    MESSAGE_LATENCY(Unit.SECONDS),
    BULK_LATENCY(Unit.SECONDS),
    RING_EFFICIENCY(null),
    MESSAGE_EFFICIENCY(null),
    RANK_RATE(Unit.BYTES_PER_SECOND),
    BASE(Unit.SECONDS),
    LOW_LATENCY_HOP(Unit.SECONDS),
    BULK_HOP(Unit.SECONDS),
    MESH_HOP(Unit.SECONDS),
    IN_SWITCH_PER_GPU(Unit.SECONDS),
    LL_NETWORK(null),
    RING(null),
    LL(null),
    LL_RATE(Unit.BYTES_PER_SECOND),
    LL128(null),
    IN_SWITCH(null);

    private final @Nullable Unit unit;

    TunedConstant(@Nullable Unit unit) {
        this.unit = unit;
    }

    /// Its name in files.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Unit of its figure; null for a share.
    public @Nullable Unit unit() {
        return unit;
    }

    /// Whether it is of the network between nodes; else of the library and the links inside them.
    public boolean ofNetwork() {
        return ordinal() <= RANK_RATE.ordinal();
    }

    /// Its value where nothing is tuned; 0 or infinite where it plays no part.
    ///
    /// @param link generation of the links inside nodes
    public double in(CollectiveLibrary library, String link, NetworkClass network) {
        LinkEfficiency links = library.linkEfficiency(link);
        return switch (this) {
            case MESSAGE_LATENCY -> network.messageLatencySeconds();
            case BULK_LATENCY -> network.bulkLatencySeconds();
            case RING_EFFICIENCY -> network.ringEfficiency();
            case MESSAGE_EFFICIENCY -> network.messageEfficiency();
            case RANK_RATE -> network.rankBytesPerSecond();
            case BASE -> library.baseSeconds();
            case LOW_LATENCY_HOP -> library.lowLatencyHopSeconds();
            case BULK_HOP -> library.bulkHopSeconds();
            case MESH_HOP -> library.meshHopSeconds();
            case IN_SWITCH_PER_GPU -> library.inSwitchPerGpuSeconds();
            case LL_NETWORK -> library.networkLowLatencyShare();
            case RING -> links.ring();
            case LL -> links.lowLatencyShare();
            case LL_RATE -> links.lowLatencyBytesPerSecond();
            case LL128 -> links.ll128Share();
            case IN_SWITCH -> links.inSwitchShare();
        };
    }
}
