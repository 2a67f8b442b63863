// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.NetworkClass;
import java.util.OptionalDouble;

/// What a site's network really delivers, where that is known; else the figures of the class of network hold.
///
/// @param ringShare share of the line rate of an interface that rings and trees reach
/// @param sendShare share that a message from one GPU to another reaches
public record NetworkTuning(OptionalDouble ringShare, OptionalDouble sendShare) {
    public static final NetworkTuning NONE = new NetworkTuning(OptionalDouble.empty(), OptionalDouble.empty());

    public static NetworkTuning of(double ringShare, double sendShare) {
        return new NetworkTuning(OptionalDouble.of(ringShare), OptionalDouble.of(sendShare));
    }

    NetworkClass applyTo(NetworkClass network) {
        return network.delivering(ringShare.orElse(network.ringShare()), sendShare.orElse(network.sendShare()));
    }
}
