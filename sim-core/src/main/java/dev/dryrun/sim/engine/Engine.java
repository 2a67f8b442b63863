// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The event loop: takes the earliest event, moves the clock to it, and lets its target act.
public final class Engine {
    private final EventQueue queue = new EventQueue();
    private final EventTarget target;
    private Alarm[] alarms = new Alarm[0];
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
            throw new IllegalArgumentException("delayNanos is " + delayNanos + " for event " + event + " at " + nowNanos
                    + " ns; it must not be negative");
        }
        queue.push(Math.addExact(nowNanos, delayNanos), event);
    }

    /// Adds an alarm, silent until it is set. Alarms of the same instant ring in the order they were added.
    public Alarm addAlarm(int event) {
        var alarm = new Alarm(this, event);
        alarms = Arrays.copyOf(alarms, alarms.length + 1);
        alarms[alarms.length - 1] = alarm;
        return alarm;
    }

    /// Runs until nothing is pending and returns the time of the last event.
    public long run() {
        while (true) {
            Alarm alarm = nextAlarm();
            if (!queue.isEmpty() && (alarm == null || queue.headTimeNanos() <= alarm.atNanos())) {
                nowNanos = queue.headTimeNanos();
                target.fire(queue.pop(), nowNanos);
            } else if (alarm != null) {
                nowNanos = alarm.atNanos();
                alarm.clear();
                target.fire(alarm.event(), nowNanos);
            } else {
                return nowNanos;
            }
        }
    }

    private @Nullable Alarm nextAlarm() {
        Alarm next = null;
        for (Alarm alarm : alarms) {
            if (alarm.isSet() && (next == null || alarm.atNanos() < next.atNanos())) {
                next = alarm;
            }
        }
        return next;
    }
}
