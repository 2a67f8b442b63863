// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.topology.NetworkClass;
import java.util.OptionalDouble;

/// A figure of a class of network.
public enum NetworkFigure {
    MESSAGE_LATENCY("message_latency"),
    BULK_LATENCY("bulk_latency"),
    RING_EFFICIENCY("ring_efficiency"),
    MESSAGE_EFFICIENCY("message_efficiency"),
    RANK_RATE("rank_rate");

    private final String key;

    NetworkFigure(String key) {
        this.key = key;
    }

    /// Its key in files.
    String key() {
        return key;
    }

    /// Whether it is a share of the line rate.
    boolean isShare() {
        return this == RING_EFFICIENCY || this == MESSAGE_EFFICIENCY;
    }

    /// Standard deviation, in the logarithm, of a figure that nobody measured: latencies of classes of networks differ
    /// by a factor of two, what processors copy by less.
    double deviation() {
        return switch (this) {
            case MESSAGE_LATENCY, BULK_LATENCY -> 0.7;
            case RING_EFFICIENCY, MESSAGE_EFFICIENCY -> 0.3;
            case RANK_RATE -> 0.5;
        };
    }

    /// A tuning with this figure times a factor.
    NetworkTuning scaled(NetworkTuning tuning, NetworkClass network, double factor) {
        double message = tuning.messageLatencySeconds().orElse(network.messageLatencySeconds());
        double bulk = tuning.bulkLatencySeconds().orElse(network.bulkLatencySeconds());
        double ring = tuning.ringEfficiency().orElse(network.ringEfficiency());
        double direct = tuning.messageEfficiency().orElse(network.messageEfficiency());
        double rank = tuning.rankBytesPerSecond().orElse(network.rankBytesPerSecond());
        return new NetworkTuning(
                OptionalDouble.of(this == RING_EFFICIENCY ? factor * ring : ring),
                OptionalDouble.of(this == MESSAGE_EFFICIENCY ? factor * direct : direct),
                OptionalDouble.of(this == MESSAGE_LATENCY ? factor * message : message),
                OptionalDouble.of(this == BULK_LATENCY ? factor * bulk : bulk),
                OptionalDouble.of(this == RANK_RATE ? factor * rank : rank));
    }
}
