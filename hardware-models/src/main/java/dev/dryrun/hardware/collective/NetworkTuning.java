// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.NetworkClass;
import java.util.OptionalDouble;

/// What a site's network really costs and delivers, where that is known; else the figures of the class of network hold.
///
/// @param ringEfficiency share of the line rate of an interface that rings and trees reach
/// @param messageEfficiency share that a message from one GPU to another reaches
/// @param messageLatencySeconds step of a low-latency protocol through the network
/// @param bulkLatencySeconds step of the bulk protocol; never less than that of a message
/// @param rankBytesPerSecond most that one rank gets through, where processors copy the bytes
public record NetworkTuning(
        OptionalDouble ringEfficiency,
        OptionalDouble messageEfficiency,
        OptionalDouble messageLatencySeconds,
        OptionalDouble bulkLatencySeconds,
        OptionalDouble rankBytesPerSecond) {
    public static final NetworkTuning NONE = new NetworkTuning(OptionalDouble.empty(), OptionalDouble.empty());

    /// Shares of the line rate only.
    public NetworkTuning(OptionalDouble ringEfficiency, OptionalDouble messageEfficiency) {
        this(ringEfficiency, messageEfficiency, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    public static NetworkTuning of(double ringEfficiency, double messageEfficiency) {
        return new NetworkTuning(OptionalDouble.of(ringEfficiency), OptionalDouble.of(messageEfficiency));
    }

    NetworkClass applyTo(NetworkClass network) {
        double message = messageLatencySeconds.orElse(network.messageLatencySeconds());
        double bulk = Math.max(message, bulkLatencySeconds.orElse(network.bulkLatencySeconds()));
        return network.withLatencies(message, bulk)
                .withRankRate(rankBytesPerSecond.orElse(network.rankBytesPerSecond()))
                .delivering(
                        ringEfficiency.orElse(network.ringEfficiency()),
                        messageEfficiency.orElse(network.messageEfficiency()));
    }
}
