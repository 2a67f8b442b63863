// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// What a kind of network between nodes costs a collective library: latencies of a step, and shares of the line
/// rate.
///
/// @param messageLatencySeconds step of a low-latency protocol through the network
/// @param bulkLatencySeconds step of the bulk protocol through the network
/// @param ringEfficiency share of the line rate of an interface that rings and trees reach
/// @param messageEfficiency share that a message from one GPU to another reaches
/// @param rankBytesPerSecond most that one rank gets through, whatever its interfaces, where a processor copies the
///     bytes; infinite where interfaces do
public record NetworkClass(
        String name,
        double messageLatencySeconds,
        double bulkLatencySeconds,
        double ringEfficiency,
        double messageEfficiency,
        double rankBytesPerSecond) {
    private static final double SMALLEST_SHARE = 0.001;

    public NetworkClass {
        if (!(messageLatencySeconds >= 0) || !(bulkLatencySeconds >= messageLatencySeconds)) {
            throw new IllegalArgumentException(
                    "latencies are %s s (message) and %s s (bulk); bulk must not be the smaller"
                            .formatted(messageLatencySeconds, bulkLatencySeconds));
        }
        requireShare("ringEfficiency", ringEfficiency);
        requireShare("messageEfficiency", messageEfficiency);
        if (!(rankBytesPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "rankBytesPerSecond is " + rankBytesPerSecond + "; it must be positive, or infinite");
        }
    }

    /// A network whose interfaces move the bytes.
    public NetworkClass(
            String name,
            double messageLatencySeconds,
            double bulkLatencySeconds,
            double ringEfficiency,
            double messageEfficiency) {
        this(
                name,
                messageLatencySeconds,
                bulkLatencySeconds,
                ringEfficiency,
                messageEfficiency,
                Double.POSITIVE_INFINITY);
    }

    static NetworkClass read(Entry entry) {
        entry.allow("source", "date", "note");
        double messageSeconds = entry.figure("message_latency", Unit.SECONDS).value();
        double bulkSeconds = entry.figure("bulk_latency", Unit.SECONDS).value();
        if (bulkSeconds < messageSeconds) {
            entry.problem("bulk_latency", bulkSeconds + " s", "must be at least the message latency", "");
            bulkSeconds = messageSeconds;
        }
        NetworkClass network = new NetworkClass(
                entry.text("name"),
                messageSeconds,
                bulkSeconds,
                entry.figure("ring_efficiency", SMALLEST_SHARE, 1).value(),
                entry.figure("message_efficiency", SMALLEST_SHARE, 1).value(),
                entry.has("rank_rate")
                        ? entry.figure("rank_rate", Unit.BYTES_PER_SECOND).value()
                        : Double.POSITIVE_INFINITY);
        entry.rejectUnknownKeys();
        return network;
    }

    private static void requireShare(String name, double share) {
        if (!(share > 0) || share > 1) {
            throw new IllegalArgumentException(name + " is " + share + "; it must be in (0, 1]");
        }
    }

    /// The same network where a site delivers other shares of the line rate.
    public NetworkClass delivering(double ringEfficiency, double messageEfficiency) {
        return new NetworkClass(
                name, messageLatencySeconds, bulkLatencySeconds, ringEfficiency, messageEfficiency, rankBytesPerSecond);
    }

    /// The same network where a rank gets no more than so much through.
    public NetworkClass withRankRate(double bytesPerSecond) {
        return new NetworkClass(
                name, messageLatencySeconds, bulkLatencySeconds, ringEfficiency, messageEfficiency, bytesPerSecond);
    }

    /// Part of a node's line rate that its ranks can use at all: 1 but where processors copy the bytes.
    public double usableShare(NodeType node) {
        double line = node.nics() * node.nicBytesPerSecond();
        return line == 0 ? 1 : Math.min(1, node.gpus() * rankBytesPerSecond / line);
    }

    /// The same network behind the interfaces of a node: shares are no more than its ranks can use.
    public NetworkClass behind(NodeType node) {
        double usable = usableShare(node);
        return delivering(Math.min(ringEfficiency, usable), Math.min(messageEfficiency, usable));
    }

    /// The same network where a step takes another time.
    public NetworkClass withLatencies(double messageSeconds, double bulkSeconds) {
        return new NetworkClass(
                name, messageSeconds, bulkSeconds, ringEfficiency, messageEfficiency, rankBytesPerSecond);
    }
}
