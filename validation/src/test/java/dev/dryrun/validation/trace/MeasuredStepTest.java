// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredStepTest {
    @TempDir
    private Path folder;

    /// Two steps of 100 us: a product of 40 us, beside it a reduction of 60 us, of which 30 us stand out; 30 us of
    /// nothing.
    @Test
    void everyInstantCountsOnceForWhatComesFirst() {
        var traces = new Traces();
        for (int step = 0; step < 2; step++) {
            double start = 1000 + 100 * step;
            traces.step(step, start, 100)
                    .kernel("gemm", 7, start, 40)
                    .collective("allreduce", 8, "float", "data", 20, start + 10, 60);
        }
        MeasuredStep step = MeasuredStep.of(TraceReader.read(traces.in(folder)));
        assertEquals(2, step.steps());
        assertEquals(100e-6, step.seconds(), 1e-12);
        check(step.exposedSeconds(), "compute", 40e-6);
        check(step.exposedSeconds(), "data_comm", 30e-6);
        check(step.exposedSeconds(), MeasuredStep.IDLE, 30e-6);
        check(step.busySeconds(), "data_comm", 60e-6);
    }

    private static void check(Map<String, Double> seconds, String kind, double expected) {
        assertEquals(expected, seconds.get(kind), 1e-12, kind);
    }

    /// Whatever overlaps with whatever: kinds add up to the step, and nothing is exposed for longer than it is busy.
    @RepeatedTest(30)
    void kindsAddUpToTheStep(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        List<GpuActivity> activities = new ArrayList<>();
        double at = 0;
        GpuUse[] uses = GpuUse.values();
        for (int i = 0; i < 200; i++) {
            at += random.nextDouble(5);
            activities.add(
                    new GpuActivity("k", uses[random.nextInt(uses.length)], 0, at, random.nextDouble(12), null, null));
        }
        var window = new ProfilerTrace.Window(20, at - 20);
        var trace = new ProfilerTrace("t", "", 0, 0, 1, List.of(window), true, activities, HostTrace.NONE);
        MeasuredStep step = MeasuredStep.of(trace);
        double sum = step.exposedSeconds().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        assertEquals(window.seconds(), sum, 1e-12);
        step.busySeconds()
                .forEach((kind, busy) -> assertTrue(step.exposedSeconds().get(kind) <= busy + 1e-12, kind));
    }

    /// A thousand kernels of a microsecond are one box where a microsecond cannot be seen, and stay apart where it can.
    @Test
    void whatCannotBeSeenIsJoined() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            spans.add(new Span(i * 1e-6, (i + 0.9) * 1e-6, "compute", "k"));
        }
        var lane = new Lane("stream 7", spans);
        assertEquals(1, lane.joined(1e-4).spans().size());
        assertEquals(1000, lane.joined(1e-8).spans().size());
        assertEquals(999.9e-6, lane.joined(1e-4).spans().getFirst().seconds(), 1e-12);
    }
}
