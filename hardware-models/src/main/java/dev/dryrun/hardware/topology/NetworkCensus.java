// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How many links of each kind a network has, and how fast they are.
///
/// @param kinds name of a kind of link, numbers left out, to its count and rate; one direction counts as one
public record NetworkCensus(Map<String, Kind> kinds) {
    /// @param count of links, one for each direction
    /// @param slowestBytesPerSecond raw rate of the slowest of them
    /// @param fastestBytesPerSecond raw rate of the fastest of them
    public record Kind(int count, double slowestBytesPerSecond, double fastestBytesPerSecond) {
        Kind plus(Kind other) {
            return new Kind(
                    count + other.count,
                    Math.min(slowestBytesPerSecond, other.slowestBytesPerSecond),
                    Math.max(fastestBytesPerSecond, other.fastestBytesPerSecond));
        }
    }

    private static final Pattern NUMBER = Pattern.compile(" \\d+");

    public static NetworkCensus of(Network network) {
        Map<String, Kind> kinds = new TreeMap<>();
        for (int resource = 0; resource < network.resources(); resource++) {
            double rate = network.capacityBytesPerSecond()[resource];
            String name = NUMBER.matcher(network.nameOf(resource)).replaceAll("");
            kinds.merge(name, new Kind(1, rate, rate), Kind::plus);
        }
        return new NetworkCensus(kinds);
    }
}
