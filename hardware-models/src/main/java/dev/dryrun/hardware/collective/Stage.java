// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.sharing.Footprint;

/// A stretch of a collective that moves its bytes over the same links all the time.
///
/// @param footprint usage of links per byte of the collective
/// @param capBytesPerSecond what the protocol reaches even on idle links; infinite where only links limit it
/// @param aloneBytesPerSecond rate where nothing else uses the links
public record Stage(Footprint footprint, double capBytesPerSecond, double aloneBytesPerSecond) {
    static Stage of(Footprint footprint, double capBytesPerSecond, double[] capacity) {
        double rate = capBytesPerSecond;
        for (int i = 0; i < footprint.size(); i++) {
            rate = Math.min(rate, capacity[footprint.resources()[i]] / footprint.usagePerUnit()[i]);
        }
        return new Stage(footprint, capBytesPerSecond, rate);
    }
}
