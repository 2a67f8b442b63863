// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.NetworkClass;

/// What a site's network really delivers, and what a stack's library may use.
///
/// @param ringEfficiency share of the line rate of an interface that rings and trees reach
/// @param messageEfficiency share that a message from one GPU to another reaches
/// @param inSwitchReduction whether switches may reduce, where they can
public record NetworkTuning(double ringEfficiency, double messageEfficiency, boolean inSwitchReduction) {
    /// The figures of the class of network itself, and all that the library can do.
    public static NetworkTuning of(NetworkClass network) {
        return new NetworkTuning(network.ringEfficiency(), network.messageEfficiency(), true);
    }

    NetworkClass applyTo(NetworkClass network) {
        return network.delivering(ringEfficiency, messageEfficiency);
    }
}
