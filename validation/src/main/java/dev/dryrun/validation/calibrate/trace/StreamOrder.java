// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.validation.trace.GpuActivity;
import dev.dryrun.validation.trace.HostTrace.Launch;
import dev.dryrun.validation.trace.ProfilerTrace;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/// What kernels of a trace followed on their stream: whether each came in time for the one ahead.
///
/// A launch is on its way to the GPU for some 3 to 10 us. So one that was issued less than 20 us before its stream ran
/// empty may have been waited for, although its call came first.
final class StreamOrder {
    private static final double AHEAD_MICROS = 20;

    private final IdentityHashMap<GpuActivity, Double> endBefore = new IdentityHashMap<>();

    StreamOrder(ProfilerTrace trace) {
        Map<Integer, Double> endOfStream = new HashMap<>();
        for (GpuActivity one : trace.activities()) {
            endBefore.put(one, endOfStream.getOrDefault(one.stream(), Double.NEGATIVE_INFINITY));
            endOfStream.merge(one.stream(), one.endMicros(), Math::max);
        }
    }

    private double emptyFrom(Launch launch) {
        return endBefore.getOrDefault(launch.activity(), Double.NEGATIVE_INFINITY);
    }

    /// Whether it was there before its stream ran empty.
    boolean queued(Launch launch) {
        return launch.startMicros() + AHEAD_MICROS < emptyFrom(launch);
    }

    /// How long its stream had been empty when it began; infinite for the first.
    double idleMicros(Launch launch) {
        return launch.activity().startMicros() - emptyFrom(launch);
    }
}
