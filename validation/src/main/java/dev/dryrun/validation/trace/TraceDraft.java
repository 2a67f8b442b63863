// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.hardware.catalog.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A trace while it is read: kernels may stand before the operators that issued them.
final class TraceDraft {
    private static final String STEP = "ProfilerStep#";
    private static final int MOST_DIGITS = 10;

    /// Something on a GPU, before it is known which operator issued it.
    private record Launched(
            String name,
            boolean kernel,
            int device,
            int stream,
            double startMicros,
            double micros,
            long call,
            long correlation,
            @Nullable TracedCollective collective) {}

    private final String file;
    private final List<Launched> launched = new ArrayList<>();
    private final Map<Long, OpCall> calls = new HashMap<>();
    private final Map<Integer, ProfilerTrace.Window> hostSteps = new TreeMap<>();
    private final Map<Integer, ProfilerTrace.Window> deviceSteps = new TreeMap<>();
    private final HostDraft host = new HostDraft();
    private final List<JsonNode> devices = new ArrayList<>();
    private int rank;
    private int ranks = 1;

    TraceDraft(String file) {
        this.file = file;
    }

    void devices(JsonNode properties) {
        properties.forEach(devices::add);
    }

    void ranks(JsonNode distributed) {
        rank = distributed.path("rank").asInt(0);
        ranks = Math.max(1, distributed.path("world_size").asInt(1));
    }

    void add(JsonNode event) {
        if (!event.path("ph").asString("").equals("X")) {
            return;
        }
        String category = event.path("cat").asString("").toLowerCase(java.util.Locale.ROOT);
        String name = event.path("name").asString("");
        switch (category) {
            case "kernel" -> launched.add(launched(event, name, true));
            case "gpu_memcpy", "gpu_memset" -> launched.add(launched(event, name, false));
            case "cpu_op" -> call(event, name);
            case "cuda_runtime", "cuda_driver", "hip_runtime" -> host.add(event, name);
            case "user_annotation" -> step(event, name, hostSteps);
            case "gpu_user_annotation" -> step(event, name, deviceSteps);
            default -> {}
        }
    }

    private void call(JsonNode event, String name) {
        JsonNode arguments = event.path("args");
        host.operator();
        if (arguments.has("External id")) {
            calls.put(
                    arguments.path("External id").asLong(0),
                    new OpCall(
                            name,
                            shapes(arguments.path("Input Dims")),
                            words(arguments.path("Input type")),
                            words(arguments.path("Concrete Inputs"))));
        }
    }

    private static void step(JsonNode event, String name, Map<Integer, ProfilerTrace.Window> steps) {
        if (name.startsWith(STEP) && name.substring(STEP.length()).matches("\\d{1,9}")) {
            double start = event.path("ts").asDouble(0);
            steps.put(
                    Integer.valueOf(name.substring(STEP.length())),
                    new ProfilerTrace.Window(start, start + event.path("dur").asDouble(0)));
        }
    }

    /// The trace of the GPU that ran most.
    ProfilerTrace trace() {
        int busiest = busiestDevice();
        List<GpuActivity> activities = new ArrayList<>();
        launched.stream()
                .filter(one -> one.device() == busiest)
                .sorted(Comparator.comparingDouble(Launched::startMicros))
                .forEach(one -> {
                    GpuActivity activity = activity(one);
                    activities.add(activity);
                    host.ran(one.correlation(), activity);
                });
        if (activities.isEmpty()) {
            throw TraceReader.refused(
                    Position.startOf(file),
                    "a trace without any kernel",
                    "must have what ran on a GPU",
                    "profile with ProfilerActivity.CUDA, and record_shapes=True for shapes");
        }
        List<ProfilerTrace.Window> steps = List.copyOf((deviceSteps.isEmpty() ? hostSteps : deviceSteps).values());
        boolean marked = !steps.isEmpty();
        if (!marked) {
            double end = activities.stream()
                    .mapToDouble(GpuActivity::endMicros)
                    .max()
                    .orElseThrow();
            steps = List.of(new ProfilerTrace.Window(activities.getFirst().startMicros(), end));
        }
        JsonNode device = devices.isEmpty() ? null : devices.getFirst();
        return new ProfilerTrace(
                file,
                device == null ? "" : device.path("name").asString(""),
                device == null ? 0 : device.path("numSms").asInt(0),
                rank,
                ranks,
                steps,
                marked,
                activities,
                host.trace());
    }

    private int busiestDevice() {
        Map<Integer, Double> micros = new TreeMap<>();
        launched.forEach(one -> micros.merge(one.device(), one.micros(), Double::sum));
        return micros.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static Launched launched(JsonNode event, String name, boolean kernel) {
        JsonNode arguments = event.path("args");
        return new Launched(
                name,
                kernel,
                arguments.path("device").asInt(0),
                arguments.path("stream").asInt(0),
                event.path("ts").asDouble(0),
                event.path("dur").asDouble(0),
                arguments.path("External id").asLong(Long.MIN_VALUE),
                arguments.path("correlation").asLong(Long.MIN_VALUE),
                kernel && GpuUse.communicates(name) ? collective(arguments) : null);
    }

    private GpuActivity activity(Launched one) {
        OpCall byKernel = calls.get(one.call());
        OpCall call = byKernel == null ? calls.get(host.operatorOf(one.correlation())) : byKernel;
        TracedCollective collective = one.collective();
        GpuUse use;
        if (!one.kernel()) {
            use = GpuUse.COPY;
        } else if (collective == null) {
            use = GpuUse.ofKernel(one.name(), call);
        } else {
            use = GpuUse.ofCollective(one.name(), collective);
        }
        return new GpuActivity(one.name(), use, one.stream(), one.startMicros(), one.micros(), call, collective);
    }

    /// By what newer profilers write beside the kernel.
    private static TracedCollective collective(JsonNode arguments) {
        String kind = arguments.path("Collective name").asString("");
        if (kind.isEmpty()) {
            return TracedCollective.UNKNOWN;
        }
        double elements = Math.max(
                arguments.path("In msg nelems").asDouble(0),
                arguments.path("Out msg nelems").asDouble(0));
        int size = arguments.path("Group size").asInt(0);
        String group = arguments.path("Process Group Description").asString("");
        return new TracedCollective(
                kind,
                elements * ElementTypes.bytes(arguments.path("dtype").asString("")),
                size,
                group.isEmpty() ? arguments.path("Process Group Name").asString("") : group,
                ranks(arguments.path("Process Group Ranks").asString(""), size));
    }

    /// The ranks of a group as written, `[0, 1, 2, 3]`; none where the list is cut short.
    private static List<Integer> ranks(String written, int size) {
        List<Integer> ranks = new ArrayList<>();
        for (String rank : written.split("[^0-9]+", -1)) {
            if (!rank.isEmpty() && rank.length() < MOST_DIGITS) {
                ranks.add(Integer.valueOf(rank));
            }
        }
        return ranks.size() == size ? ranks : List.of();
    }

    private static List<List<Long>> shapes(JsonNode written) {
        List<List<Long>> shapes = new ArrayList<>();
        for (JsonNode one : written) {
            List<Long> shape = new ArrayList<>();
            for (JsonNode size : one) {
                if (size.isIntegralNumber()) {
                    shape.add(size.asLong());
                }
            }
            shapes.add(shape);
        }
        return shapes;
    }

    private static List<String> words(JsonNode written) {
        List<String> words = new ArrayList<>();
        for (JsonNode one : written) {
            words.add(one.isString() ? one.asString() : one.toString());
        }
        return words;
    }
}
