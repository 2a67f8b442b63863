// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.NetworkClass;
import java.util.OptionalDouble;

/// What a site's network really delivers, where that is known; else the figures of the class of network hold.
///
/// @param ringEfficiency share of the line rate of an interface that rings and trees reach
/// @param messageEfficiency share that a message from one GPU to another reaches
public record NetworkTuning(OptionalDouble ringEfficiency, OptionalDouble messageEfficiency) {
    public static final NetworkTuning NONE = new NetworkTuning(OptionalDouble.empty(), OptionalDouble.empty());

    public static NetworkTuning of(double ringEfficiency, double messageEfficiency) {
        return new NetworkTuning(OptionalDouble.of(ringEfficiency), OptionalDouble.of(messageEfficiency));
    }

    NetworkClass applyTo(NetworkClass network) {
        return network.delivering(
                ringEfficiency.orElse(network.ringEfficiency()), messageEfficiency.orElse(network.messageEfficiency()));
    }
}
