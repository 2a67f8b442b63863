// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.validation.trace.GpuActivity;
import dev.dryrun.validation.trace.HostTrace.Launch;
import dev.dryrun.validation.trace.ProfilerTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// The gap between two kernels of a stream of which the second was issued before the first ended.
///
/// The profiler times kernels without it; the cost models count it with the kernel ahead.
final class DeviceGap {
    private static final int FEWEST = 20;

    private DeviceGap() {}

    /// The median; empty where fewer than twenty pairs tell it.
    static OptionalDouble seconds(List<ProfilerTrace> traces) {
        List<Double> gaps = new ArrayList<>();
        for (ProfilerTrace trace : traces) {
            Map<Integer, List<Launch>> streams = new TreeMap<>();
            for (Launch launch : trace.host().launches()) {
                streams.computeIfAbsent(launch.activity().stream(), key -> new ArrayList<>())
                        .add(launch);
            }
            streams.values().forEach(stream -> add(stream, gaps));
        }
        gaps.sort(Comparator.naturalOrder());
        return gaps.size() < FEWEST ? OptionalDouble.empty() : OptionalDouble.of(gaps.get(gaps.size() / 2) * 1e-6);
    }

    private static void add(List<Launch> stream, List<Double> gaps) {
        stream.sort(Comparator.comparingDouble(one -> one.activity().startMicros()));
        for (int i = 1; i < stream.size(); i++) {
            GpuActivity before = stream.get(i - 1).activity();
            Launch next = stream.get(i);
            double gap = next.activity().startMicros() - before.endMicros();
            if (next.startMicros() < before.endMicros() && gap >= 0) {
                gaps.add(gap);
            }
        }
    }
}
