// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import dev.dryrun.sim.engine.Alarm;
import dev.dryrun.sim.engine.Engine;
import java.util.Arrays;

/// The work of activities under way on shared resources, in simulated time.
///
/// Rates are those of [MaxMin] and change only when work starts or ends. All that starts or ends at one instant is
/// solved together, after the other events of that instant. Times are rounded to the nearest nanosecond; what ends
/// at the same nanosecond is reported in the order of the activities' numbers.
public final class SharedResources {
    /// What acts when the work of an activity is done.
    @FunctionalInterface
    public interface Completion {
        /// Reports that an activity has done its work; its number may be used again once this returns.
        void finished(int activity, long nowNanos);
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final double NANOS_PER_SECOND = 1e9;
    /// Beyond this (146 years), work counts as never done; with other rates it may yet be.
    private static final double LONGEST_NANOS = 0x1p62;

    /// So many ends at one instant are no reason to look at all that is under way.
    private static final int FEW = 8;

    private final Engine engine;
    private final Alarm alarm;
    private final MaxMin shares;
    private final Completion completion;
    private final IndexedHeap finishing = new IndexedHeap();

    private double[] workLeft = new double[0];
    private double[] ratePerSecond = new double[0];
    private long[] sinceNanos = new long[0];
    private boolean[] sharing = new boolean[0];

    private int[] together = new int[0];
    private int[] free = new int[0];
    private int freeCount;
    private int active;
    private boolean unsolved;

    /// @param engineEvent the event that the engine's target answers by calling `advance`
    public SharedResources(Engine engine, int engineEvent, double[] capacityPerSecond, Completion completion) {
        this.engine = engine;
        this.alarm = engine.addAlarm(engineEvent);
        this.shares = new MaxMin(capacityPerSecond);
        this.completion = completion;
    }

    /// Starts the work of a phase now (its latency is the caller's to wait) and returns the activity's number.
    public int start(Phase phase) {
        if (freeCount == 0) {
            grow();
        }
        int activity = free[--freeCount];
        active++;
        workLeft[activity] = phase.work();
        ratePerSecond[activity] = 0;
        sinceNanos[activity] = engine.nowNanos();
        sharing[activity] = phase.work() > 0;
        if (sharing[activity]) {
            shares.add(activity, phase.footprint(), phase.weight(), phase.capPerSecond());
            unsolved = true;
        } else {
            finishing.set(activity, engine.nowNanos());
        }
        alarm.set(engine.nowNanos());
        return activity;
    }

    /// Reports what is done by now, or brings the rates up to date, and sets the alarm for what comes next.
    public void advance(long nowNanos) {
        if (!reportFinished(nowNanos) && unsolved) {
            solve(nowNanos);
        }
        if (unsolved) {
            alarm.set(nowNanos);
        } else if (!finishing.isEmpty() && finishing.headKey() < NEVER) {
            alarm.set(finishing.headKey());
        } else {
            alarm.clear();
        }
    }

    /// The rate at which an activity's work progresses; 0 in the instant in which it starts.
    public double ratePerSecond(int activity) {
        return ratePerSecond[activity];
    }

    /// How many activities are under way. If there are any once the engine has stopped, they have a rate of
    /// (nearly) zero.
    public int active() {
        return active;
    }

    /// Many that end together are taken out of the heap at once, in the same order.
    private boolean reportFinished(long nowNanos) {
        int reported = 0;
        while (!finishing.isEmpty() && finishing.headKey() <= nowNanos) {
            if (reported < FEW) {
                int activity = finishing.head();
                finishing.remove(activity);
                report(activity, nowNanos);
                reported++;
            } else {
                if (together.length < workLeft.length) {
                    together = new int[workLeft.length];
                }
                int count = finishing.removeUpTo(nowNanos, together);
                for (int i = 0; i < count; i++) {
                    report(together[i], nowNanos);
                }
            }
        }
        return reported > 0;
    }

    private void report(int activity, long nowNanos) {
        if (sharing[activity]) {
            shares.remove(activity);
            unsolved = true;
        }
        ratePerSecond[activity] = 0;
        active--;
        completion.finished(activity, nowNanos);
        free[freeCount++] = activity;
    }

    private void solve(long nowNanos) {
        shares.solve();
        unsolved = false;
        for (int i = 0; i < shares.changedCount(); i++) {
            int activity = shares.changed(i);
            double done = ratePerSecond[activity] * ((nowNanos - sinceNanos[activity]) / NANOS_PER_SECOND);
            workLeft[activity] = Math.max(0, workLeft[activity] - done);
            sinceNanos[activity] = nowNanos;
            ratePerSecond[activity] = shares.ratePerSecond(activity);
            finishing.set(activity, finishNanos(activity, nowNanos));
        }
    }

    private long finishNanos(int activity, long nowNanos) {
        if (workLeft[activity] == 0) {
            return nowNanos;
        }
        double nanos = workLeft[activity] / ratePerSecond[activity] * NANOS_PER_SECOND;
        return nanos < LONGEST_NANOS - nowNanos ? nowNanos + Math.round(nanos) : NEVER;
    }

    /// Doubles the numbers for activities; the smallest free ones are used first.
    private void grow() {
        int old = workLeft.length;
        int length = Math.max(64, 2 * old);
        workLeft = Arrays.copyOf(workLeft, length);
        ratePerSecond = Arrays.copyOf(ratePerSecond, length);
        sinceNanos = Arrays.copyOf(sinceNanos, length);
        sharing = Arrays.copyOf(sharing, length);
        free = Arrays.copyOf(free, length);
        for (int activity = length - 1; activity >= old; activity--) {
            free[freeCount++] = activity;
        }
    }
}
