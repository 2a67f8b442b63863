// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.engine;

/// What acts when an event fires.
@FunctionalInterface
public interface EventTarget {
    /// Lets `event` (a number whose meaning is the target's own) act at `nowNanos`.
    void fire(int event, long nowNanos);
}
