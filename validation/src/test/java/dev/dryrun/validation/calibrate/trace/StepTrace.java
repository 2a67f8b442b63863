// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes traces in the form of the profiler, with the calls that issued what ran.
final class StepTrace {
    private final String device;
    private final int ranks;
    private final List<String> events = new ArrayList<>();
    private int calls;

    /// @param ranks of the job
    StepTrace(String device, int ranks) {
        this.device = device;
        this.ranks = ranks;
    }

    /// A kernel that a call of the runtime issued.
    StepTrace kernel(String name, String launch, double issuedMicros, double startMicros, double micros) {
        int id = ++calls;
        event("hip".equals(launch.substring(0, 3)) ? "hip_runtime" : "cuda_runtime", launch, issuedMicros, 1, ids(id));
        event("kernel", name, startMicros, micros, "\"stream\": 7, \"correlation\": " + id);
        return this;
    }

    /// The operator that issued the kernel before.
    StepTrace by(String operator, String shapes, String types, String values) {
        event(
                "cpu_op",
                operator,
                0,
                1,
                "\"External id\": %d, \"Input Dims\": %s, \"Input type\": %s, \"Concrete Inputs\": %s"
                        .formatted(calls, shapes, types, values));
        return this;
    }

    /// A collective of NCCL in a group.
    ///
    /// @param members as the profiler writes them; empty where it does not
    StepTrace collective(String kind, long elements, int size, String members, double startMicros, double micros) {
        event(
                "kernel",
                "ncclDevKernel_" + kind,
                startMicros,
                micros,
                ("\"stream\": 20, \"Collective name\": \"%s\", \"In msg nelems\": %d, \"Out msg nelems\": %d, "
                                + "\"Group size\": %d, \"dtype\": \"BFloat16\", \"Process Group Ranks\": \"%s\"")
                        .formatted(kind, elements, elements, size, members));
        return this;
    }

    StepTrace waits(String name, double startMicros, double micros) {
        event("cuda_runtime", name, startMicros, micros, "\"correlation\": " + - ++calls);
        return this;
    }

    private static String ids(int id) {
        return "\"correlation\": %d, \"External id\": %d".formatted(id, id);
    }

    private void event(String category, String name, double start, double micros, String arguments) {
        events.add(String.format(
                Locale.ROOT,
                "{\"ph\": \"X\", \"cat\": \"%s\", \"name\": \"%s\", \"tid\": 1, \"ts\": %s, \"dur\": %s, \"args\":"
                        + " {%s}}",
                category,
                name,
                start,
                micros,
                arguments));
    }

    Path in(Path folder) {
        try {
            return Files.writeString(
                    folder.resolve("trace.json"),
                    "{\"deviceProperties\": [{\"name\": \"%s\"}], \"distributedInfo\": {\"rank\": 0, \"world_size\": %d}, \"traceEvents\": [\n%s]}"
                            .formatted(device, ranks, String.join(",\n", events)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
