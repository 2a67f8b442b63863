// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// How switches choose among equally good ways.
public enum Routing {
    /// Traffic spreads evenly over all of them, as many small flows would.
    BALANCED,
    /// Each pair of interfaces keeps to one way, drawn by a hash: a few large flows collide.
    HASH,
    /// Packet by packet to where the queue is shortest.
    ADAPTIVE
}
