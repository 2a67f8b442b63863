// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// What a library gets out of one generation of links, where a site may know it better than the catalog.
public enum LinkConstant {
    RING("ring"),
    LL_RATE("ll_rate"),
    LL("ll"),
    LL128("ll128"),
    IN_SWITCH("in_switch");

    private static final double SMALLEST = 0.001;

    private final String key;

    LinkConstant(String key) {
        this.key = key;
    }

    /// Its key in files.
    public String key() {
        return key;
    }

    /// The value that links have; 0 where the library does not do that over them.
    public double of(LinkEfficiency links) {
        return switch (this) {
            case RING -> links.ring();
            case LL_RATE -> links.lowLatencyBytesPerSecond();
            case LL -> links.lowLatencyShare();
            case LL128 -> links.ll128Share();
            case IN_SWITCH -> links.inSwitchShare();
        };
    }

    double read(Entry entry) {
        return this == LL_RATE
                ? entry.figure(key, Unit.BYTES_PER_SECOND).value()
                : entry.figure(key, SMALLEST, 1).value();
    }
}
