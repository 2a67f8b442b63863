// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.engine;

/// An event that can be moved: it is pending at most once, and setting it anew replaces the time it had.
///
/// An alarm rings after all other events of its instant. Whoever reacts to everything that happened at an instant
/// (the sharing of resources, for one) thus does it once, and no outdated event stretches the run.
public final class Alarm {
    private static final long NEVER = Long.MAX_VALUE;

    private final Engine engine;
    private final int event;
    private long atNanos = NEVER;

    Alarm(Engine engine, int event) {
        this.engine = engine;
        this.event = event;
    }

    /// Makes the alarm ring at an instant, and no longer at the one set before.
    public void set(long atNanos) {
        if (atNanos < engine.nowNanos()) {
            throw new IllegalArgumentException("atNanos is " + atNanos + " for the alarm of event " + event
                    + "; it must not lie before " + engine.nowNanos() + " ns");
        }
        this.atNanos = atNanos;
    }

    /// Makes the alarm silent until it is set again.
    public void clear() {
        atNanos = NEVER;
    }

    boolean isSet() {
        return atNanos != NEVER;
    }

    long atNanos() {
        return atNanos;
    }

    int event() {
        return event;
    }
}
