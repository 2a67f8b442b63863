// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.validation.trace.GpuUse;
import dev.dryrun.validation.trace.HostTrace.Launch;
import dev.dryrun.validation.trace.ProfilerTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a host takes to issue a kernel: the time from one launch to the next of a thread, where the GPU had nothing
/// left to do when the second kernel came, so that nothing but the host held it up.
///
/// Not counted are intervals with a copy or a wait for the GPU in them, and those above ten medians (a garbage
/// collection, a batch of data). It is a bound from above: the profiler slows the host down, and most where it records
/// operators. Traces without operators, where there are any, count alone.
///
/// @param meanSeconds of the intervals
/// @param intervals that were counted
/// @param operators whether operators were recorded too
record HostIssue(double meanSeconds, int intervals, boolean operators) {
    private static final int FEWEST = 100;
    private static final double MOST_MEDIANS = 10;

    /// @param gapSeconds between two kernels of which the second waited for the first: after that the stream was empty
    /// @return empty with fewer than a hundred intervals
    static Optional<HostIssue> of(List<ProfilerTrace> traces, double gapSeconds) {
        Optional<HostIssue> quiet = of(traces, gapSeconds, false);
        return quiet.isPresent() ? quiet : of(traces, gapSeconds, true);
    }

    private static Optional<HostIssue> of(List<ProfilerTrace> traces, double gapSeconds, boolean operators) {
        List<Double> micros = new ArrayList<>();
        traces.stream()
                .filter(trace -> trace.host().operators() == operators)
                .forEach(trace -> add(trace, gapSeconds * 1e6, micros));
        List<Double> sorted = micros.stream().sorted().toList();
        double most = sorted.isEmpty() ? 0 : MOST_MEDIANS * sorted.get(sorted.size() / 2);
        List<Double> usual = sorted.stream().filter(one -> one <= most).toList();
        double sum = usual.stream().mapToDouble(Double::doubleValue).sum();
        return usual.size() < FEWEST
                ? Optional.empty()
                : Optional.of(new HostIssue(sum * 1e-6 / usual.size(), usual.size(), operators));
    }

    private static void add(ProfilerTrace trace, double gapMicros, List<Double> micros) {
        var order = new StreamOrder(trace);
        var waits = new Waits(trace.host().waits());
        Map<Long, Launch> lastOfThread = new HashMap<>();
        for (Launch next : trace.host().launches()) {
            Launch before = lastOfThread.put(next.thread(), next);
            boolean kernels = before != null && isKernel(before) && isKernel(next);
            boolean awaited = !order.queued(next) && order.idleMicros(next) > gapMicros;
            if (kernels && awaited && !waits.any(before.startMicros(), next.startMicros())) {
                micros.add(next.startMicros() - before.startMicros());
            }
        }
    }

    private static boolean isKernel(Launch launch) {
        return launch.activity().use() != GpuUse.COPY;
    }

    /// Waits of the host for its GPU, in the order of time.
    private record Waits(List<ProfilerTrace.Window> windows) {
        /// Whether one begins between two instants.
        boolean any(double from, double to) {
            int low = 0;
            int high = windows.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (windows.get(middle).startMicros() < from) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low < windows.size() && windows.get(low).startMicros() < to;
        }
    }
}
