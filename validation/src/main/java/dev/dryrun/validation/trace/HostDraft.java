// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Calls of the CUDA or HIP runtime while a trace is read. A call and what it put on the GPU have the same
/// `correlation`; a launch of a graph has it with many kernels and counts for none.
final class HostDraft {
    private record Call(long thread, double startMicros, long operator) {}

    private final Map<Long, Call> calls = new HashMap<>();
    private final Map<Long, List<GpuActivity>> ran = new LinkedHashMap<>();
    private final List<ProfilerTrace.Window> waits = new ArrayList<>();
    private boolean operators;

    void add(JsonNode event, String name) {
        JsonNode arguments = event.path("args");
        double start = event.path("ts").asDouble(0);
        if (name.contains("Synchronize")) {
            waits.add(new ProfilerTrace.Window(start, start + event.path("dur").asDouble(0)));
        }
        if (arguments.has("correlation")) {
            calls.put(
                    arguments.path("correlation").asLong(0),
                    new Call(
                            event.path("tid").asLong(0),
                            start,
                            arguments.path("External id").asLong(Long.MIN_VALUE)));
        }
    }

    /// Notes that operators are in the trace.
    void operator() {
        operators = true;
    }

    /// Identifier of the operator that called the runtime; kernels of ROCm do not always have it themselves.
    long operatorOf(long correlation) {
        Call call = calls.get(correlation);
        return call == null ? Long.MIN_VALUE : call.operator();
    }

    void ran(long correlation, GpuActivity activity) {
        ran.computeIfAbsent(correlation, key -> new ArrayList<>()).add(activity);
    }

    HostTrace trace() {
        List<HostTrace.Launch> launches = new ArrayList<>();
        ran.forEach((correlation, activities) -> {
            Call call = calls.get(correlation);
            if (call != null && activities.size() == 1) {
                launches.add(new HostTrace.Launch(call.thread(), call.startMicros(), activities.getFirst()));
            }
        });
        launches.sort(Comparator.comparingDouble(HostTrace.Launch::startMicros));
        waits.sort(Comparator.comparingDouble(ProfilerTrace.Window::startMicros));
        return new HostTrace(launches, waits, operators);
    }
}
