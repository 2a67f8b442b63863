// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes small traces in the form of the profiler.
final class Traces {
    private final List<String> events = new ArrayList<>();
    private String head = "";

    /// GPU and place in the job.
    Traces of(String device, int rank, int ranks) {
        head = "\"schemaVersion\": 1, \"deviceProperties\": [{\"id\": 0, \"name\": \"" + device
                + "\", \"numSms\": 108}], \"distributedInfo\": {\"rank\": " + rank + ", \"world_size\": " + ranks
                + "}, ";
        return this;
    }

    Traces step(int number, double start, double micros) {
        return event("user_annotation", "ProfilerStep#" + number, start, micros, "");
    }

    /// A kernel without more.
    Traces kernel(String name, int stream, double start, double micros) {
        return event("kernel", name, start, micros, "\"stream\": " + stream);
    }

    /// A kernel of an operator.
    Traces kernel(String name, int stream, double start, double micros, int call) {
        return event("kernel", name, start, micros, "\"stream\": " + stream + ", \"External id\": " + call);
    }

    Traces collective(String kind, long elements, String type, String group, int stream, double start, double micros) {
        return event(
                "kernel",
                "ncclDevKernel_" + kind,
                start,
                micros,
                "\"stream\": " + stream + ", \"Collective name\": \"" + kind + "\", \"In msg nelems\": " + elements
                        + ", \"Out msg nelems\": " + elements + ", \"Group size\": 8, \"dtype\": \"" + type
                        + "\", \"Process Group Description\": \"" + group + "\"");
    }

    /// An operator that issued kernels.
    Traces call(int id, String name, String shapes, String types, String values) {
        return event(
                "cpu_op",
                name,
                0,
                1,
                "\"External id\": " + id + ", \"Input Dims\": " + shapes + ", \"Input type\": " + types
                        + ", \"Concrete Inputs\": " + values);
    }

    private Traces event(String category, String name, double start, double micros, String arguments) {
        events.add(
                "{\"ph\": \"X\", \"cat\": \"%s\", \"name\": \"%s\", \"pid\": 1, \"tid\": 1, \"ts\": %s, \"dur\": %s, \"args\": {%s}}"
                        .formatted(category, name, start, micros, arguments));
        return this;
    }

    String text() {
        return "{" + head + "\"traceEvents\": [\n" + String.join(",\n", events) + "\n]}\n";
    }

    Path in(Path folder) {
        try {
            return Files.writeString(folder.resolve("trace.json"), text());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
