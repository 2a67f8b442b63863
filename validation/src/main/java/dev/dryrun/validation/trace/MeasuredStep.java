// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// The mean step of a trace by kinds of time.
///
/// Every instant of a step counts once: for the first use of [GpuUse], in its order, that runs on some stream then; as
/// `idle` where nothing runs. What a kernel of a collective waits for other ranks counts as its communication, which a
/// trace of one rank cannot tell apart.
///
/// @param seconds of a step, mean over the steps
/// @param exposedSeconds by kind, with `idle`; adds up to the step
/// @param busySeconds by kind, with what ran beside something else
/// @param steps how many there are
record MeasuredStep(double seconds, Map<String, Double> exposedSeconds, Map<String, Double> busySeconds, int steps) {
    static final String IDLE = "idle";

    private static final GpuUse[] USES = GpuUse.values();

    static MeasuredStep of(ProfilerTrace trace) {
        double[] exposed = new double[USES.length];
        double[] busy = new double[USES.length];
        double total = 0;
        for (ProfilerTrace.Window step : trace.steps()) {
            total += step.seconds();
            sweep(trace.activities(), step, exposed, busy);
        }
        int steps = trace.steps().size();
        Map<String, Double> exposedByKind = byKind(exposed, steps);
        double idle = total / steps
                - exposedByKind.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
        exposedByKind.put(IDLE, Math.max(0, idle));
        return new MeasuredStep(total / steps, exposedByKind, byKind(busy, steps), steps);
    }

    private static Map<String, Double> byKind(double[] seconds, int steps) {
        Map<String, Double> byKind = new LinkedHashMap<>();
        for (GpuUse use : USES) {
            byKind.merge(use.kind(), seconds[use.ordinal()] / steps, Double::sum);
        }
        return byKind;
    }

    /// Adds the seconds of one step: between two instants at which something begins or ends, the first use that runs
    /// has the time.
    private static void sweep(List<GpuActivity> all, ProfilerTrace.Window step, double[] exposed, double[] busy) {
        List<GpuActivity> inside = new ArrayList<>();
        for (GpuActivity one : all) {
            double micros =
                    Math.min(one.endMicros(), step.endMicros()) - Math.max(one.startMicros(), step.startMicros());
            if (micros > 0) {
                inside.add(one);
                busy[one.use().ordinal()] += micros * 1e-6;
            }
        }
        var running = new PriorityQueue<GpuActivity>(Comparator.comparingDouble(GpuActivity::endMicros));
        int[] count = new int[USES.length];
        double now = step.startMicros();
        int next = 0;
        while (next < inside.size() || !running.isEmpty()) {
            double begins = next < inside.size() ? inside.get(next).startMicros() : Double.POSITIVE_INFINITY;
            GpuActivity first = running.peek();
            double ends = first == null ? Double.POSITIVE_INFINITY : first.endMicros();
            double then = Math.clamp(Math.min(begins, ends), now, step.endMicros());
            int use = firstRunning(count);
            if (use >= 0) {
                exposed[use] += (then - now) * 1e-6;
            }
            now = then;
            if (begins <= ends) {
                GpuActivity one = inside.get(next++);
                running.add(one);
                count[one.use().ordinal()]++;
            } else {
                running.remove();
                count[first == null ? 0 : first.use().ordinal()]--;
            }
        }
    }

    private static int firstRunning(int[] count) {
        for (int use = 0; use < count.length; use++) {
            if (count[use] > 0) {
                return use;
            }
        }
        return -1;
    }
}
