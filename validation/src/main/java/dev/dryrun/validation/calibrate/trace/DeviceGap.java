// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.validation.trace.ProfilerTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/// The gap between two kernels of a stream of which the second was there before the first ended.
///
/// The profiler times kernels without it; the cost models count it with the kernel ahead.
final class DeviceGap {
    private static final int FEWEST = 20;

    private DeviceGap() {}

    /// The median; empty where fewer than twenty pairs tell it.
    static OptionalDouble seconds(List<ProfilerTrace> traces) {
        List<Double> gaps = new ArrayList<>();
        for (ProfilerTrace trace : traces) {
            var order = new StreamOrder(trace);
            trace.host().launches().stream()
                    .filter(order::queued)
                    .mapToDouble(order::idleMicros)
                    .filter(idle -> idle >= 0)
                    .forEach(gaps::add);
        }
        gaps.sort(Comparator.naturalOrder());
        return gaps.size() < FEWEST ? OptionalDouble.empty() : OptionalDouble.of(gaps.get(gaps.size() / 2) * 1e-6);
    }
}
