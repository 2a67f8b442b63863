// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The streams of a GPU within one step of a trace: the one whose length is nearest to the mean.
final class MeasuredLanes {
    private MeasuredLanes() {}

    static List<Lane> of(ProfilerTrace trace, double meanSeconds) {
        ProfilerTrace.Window window = trace.steps().getFirst();
        for (ProfilerTrace.Window other : trace.steps()) {
            if (Math.abs(other.seconds() - meanSeconds) < Math.abs(window.seconds() - meanSeconds)) {
                window = other;
            }
        }
        Map<Integer, List<Span>> byStream = new TreeMap<>();
        for (GpuActivity one : trace.activities()) {
            double start = Math.max(one.startMicros(), window.startMicros());
            double end = Math.min(one.endMicros(), window.endMicros());
            if (end > start) {
                byStream.computeIfAbsent(one.stream(), key -> new ArrayList<>())
                        .add(new Span(
                                (start - window.startMicros()) * 1e-6,
                                (end - window.startMicros()) * 1e-6,
                                one.use().kind(),
                                one.name()));
            }
        }
        List<Lane> lanes = new ArrayList<>();
        byStream.forEach((stream, spans) -> lanes.add(new Lane("stream " + stream, spans)));
        return lanes;
    }
}
