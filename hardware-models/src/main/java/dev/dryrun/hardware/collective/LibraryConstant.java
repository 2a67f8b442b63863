// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// A constant of a library that a site may know better than the catalog: what its hosts and their drivers have a say
/// in.
public enum LibraryConstant {
    BASE("base"),
    LOW_LATENCY_HOP("low_latency_hop"),
    BULK_HOP("bulk_hop"),
    MESH_HOP("mesh_hop"),
    IN_SWITCH_PER_GPU("in_switch_per_gpu"),
    REMOTE_PEER("remote_peer"),
    LL_NETWORK("ll_network");

    private static final double SMALLEST = 0.001;

    private final String key;

    LibraryConstant(String key) {
        this.key = key;
    }

    /// Its key in files.
    public String key() {
        return key;
    }

    /// The value that a library has, in SI units.
    public double of(CollectiveLibrary library) {
        return switch (this) {
            case BASE -> library.baseSeconds();
            case LOW_LATENCY_HOP -> library.lowLatencyHopSeconds();
            case BULK_HOP -> library.bulkHopSeconds();
            case MESH_HOP -> library.meshHopSeconds();
            case IN_SWITCH_PER_GPU -> library.inSwitchPerGpuSeconds();
            case REMOTE_PEER -> library.remotePeerSeconds();
            case LL_NETWORK -> library.networkLowLatencyShare();
        };
    }

    double read(Entry entry) {
        return this == LL_NETWORK
                ? entry.figure(key, SMALLEST, 1).value()
                : entry.figure(key, Unit.SECONDS).value();
    }
}
