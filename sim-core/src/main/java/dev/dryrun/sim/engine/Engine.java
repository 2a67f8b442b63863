// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.engine;

/// The event loop: takes the earliest event, moves the clock to it, and lets its target act.
public final class Engine {
    private final EventQueue queue = new EventQueue();
    private final EventTarget target;
    private long nowNanos;

    public Engine(EventTarget target) {
        this.target = target;
    }

    /// The instant of the event that is firing, or of the last one that fired.
    public long nowNanos() {
        return nowNanos;
    }

    /// Schedules an event; events of the same instant fire in the order they were scheduled.
    public void schedule(long delayNanos, int event) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException(
                    "delayNanos is " + delayNanos + " for event " + event + " at " + nowNanos + " ns; it must not be negative");
        }
        queue.push(Math.addExact(nowNanos, delayNanos), event);
    }

    /// Runs until nothing is pending and returns the time of the last event.
    public long run() {
        while (!queue.isEmpty()) {
            nowNanos = queue.headTimeNanos();
            target.fire(queue.pop(), nowNanos);
        }
        return nowNanos;
    }
}
