// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The links that bytes from one rank to another take, in the order of the way.
///
/// @param latencySeconds of interfaces, switches and lines
public record Way(int from, int to, double latencySeconds, List<Step> steps) {
    /// A link.
    ///
    /// @param resource its number in the network
    /// @param name for people
    /// @param bytesPerSecond raw
    /// @param share of the bytes that takes it
    public record Step(int resource, String name, double bytesPerSecond, double share) {
        /// What the way as a whole could carry if only this link bound.
        public double allows() {
            return bytesPerSecond / share;
        }
    }

    public Way {
        steps = List.copyOf(steps);
    }

    public static Way of(Network network, int from, int to) {
        Route route = network.route(from, to);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < route.resources().length; i++) {
            int resource = route.resources()[i];
            steps.add(new Step(
                    resource, network.nameOf(resource), network.capacityBytesPerSecond()[resource], route.shares()[i]));
        }
        return new Way(from, to, route.latencySeconds(), steps);
    }

    /// The link that is full first, the foremost of those; empty where nothing binds.
    public Optional<Step> bottleneck() {
        Step least = null;
        for (Step step : steps) {
            if (least == null || step.allows() < least.allows()) {
                least = step;
            }
        }
        return Optional.ofNullable(least);
    }
}
