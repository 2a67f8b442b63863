// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// What a kind of network between nodes costs a collective library: latencies of a step, and shares of the line rate.
///
/// @param messageLatencySeconds step of a low-latency protocol through the network
/// @param bulkLatencySeconds step of the bulk protocol through the network
/// @param ringShare share of the line rate of an interface that rings and trees reach
/// @param sendShare share that a message from one GPU to another reaches
public record NetworkClass(
        String name, double messageLatencySeconds, double bulkLatencySeconds, double ringShare, double sendShare) {
    public NetworkClass {
        if (!(messageLatencySeconds >= 0) || !(bulkLatencySeconds >= messageLatencySeconds)) {
            throw new IllegalArgumentException("latencies are %s s (message) and %s s (bulk); bulk must not be the smaller"
                    .formatted(messageLatencySeconds, bulkLatencySeconds));
        }
        requireShare("ringShare", ringShare);
        requireShare("sendShare", sendShare);
    }

    private static void requireShare(String name, double share) {
        if (!(share > 0) || share > 1) {
            throw new IllegalArgumentException(name + " is " + share + "; it must be in (0, 1]");
        }
    }

    /// The same network where a site delivers other shares of the line rate.
    public NetworkClass delivering(double ringShare, double sendShare) {
        return new NetworkClass(name, messageLatencySeconds, bulkLatencySeconds, ringShare, sendShare);
    }
}
