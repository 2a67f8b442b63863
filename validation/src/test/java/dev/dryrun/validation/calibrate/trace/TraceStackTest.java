// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.scenario.cli.ClusterOption;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.sim.random.RandomStreams;
import dev.dryrun.strategy.job.Stack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What traces say beside matrix products: fused attention, the host, collectives.
class TraceStackTest {
    private static final String H100 = "NVIDIA H100 80GB HBM3";
    /// Entries have four digits.
    private static final double DIGITS = 1e-3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(StepTrace trace, String stack, boolean json) {
        var request = new TraceRequest(
                List.of(trace.in(folder)),
                null,
                "hgx-h100",
                stack.isEmpty() ? null : stack,
                folder.resolve("catalog"),
                "mine",
                false,
                json,
                List.of());
        return new TraceCalibration(new PrintStream(out), new PrintStream(err)).run(request);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private Stack written() {
        var problems = new Problems();
        Stack stack = Stack.read(
                Objects.requireNonNull(new Catalog(List.of(folder.resolve("catalog"))).find("stacks", "mine", problems))
                        .root());
        assertTrue(problems.isEmpty());
        return stack;
    }

    private static Accelerator accelerator(String name) {
        var problems = new Problems();
        return Accelerator.read(Objects.requireNonNull(new Catalog(List.of()).find("accelerators", name, problems))
                .root());
    }

    /// Forward and backward kernels of four lengths, as the model times them with other shares of the peak.
    private static StepTrace attention(
            String device, String accelerator, String launch, String forwardCall, double forward, double backward) {
        Accelerator sheet = accelerator(accelerator);
        var model = new KernelModel(sheet, 1);
        double peak = sheet.peak16BitFlopsPerSecond();
        var trace = new StepTrace(device, 1);
        String backwardCall =
                forwardCall.replace("forward", "") + (forwardCall.endsWith("n") ? "_backward" : "backward");
        boolean headsFirst = forwardCall.contains("scaled");
        double at = 0;
        for (int i = 0; i < 4; i++) {
            long length = 1024L << i;
            String shape = headsFirst ? "[2, 32, %d, 128]".formatted(length) : "[2, %d, 32, 128]".formatted(length);
            FlashAttention flash = FlashAttention.causal(2, length, 32, 128);
            double micros = 1e6 * (model.flashSeconds(flash, Pass.FORWARD, forward * peak) - model.launchGapSeconds());
            trace.kernel("attn_fwd", launch, at, at + 10, micros).by(forwardCall, shapes(3, shape), types(), "[]");
            at += micros + 100;
            double back = 1e6 * (model.flashSeconds(flash, Pass.BACKWARD, backward * peak) - model.launchGapSeconds());
            trace.kernel("bwd_kernel_dk_dv", launch, at, at + 10, back)
                    .by(backwardCall, shapes(6, shape), types(), "[]");
            at += back + 100;
        }
        return trace;
    }

    private static String shapes(int tensors, String shape) {
        return Collections.nCopies(tensors, shape).toString();
    }

    private static String types() {
        return Collections.nCopies(6, "\"c10::BFloat16\"").toString();
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA H100 80GB HBM3, h100-sxm-80gb, cudaLaunchKernelExC, flash_attn::_flash_attn_forward, te-2025, 0.61,"
                + " 0.37",
        "NVIDIA H100 80GB HBM3, h100-sxm-80gb, cudaLaunchKernel, aten::_scaled_dot_product_cudnn_attention,"
                + " torchtitan, 0.7, 0.5",
        "AMD Instinct MI300X, mi300x, hipLaunchKernel, aten::_flash_attention_forward, rocm-te, 0.33, 0.21",
    })
    void sharesOfAttentionThatMadeTheTraceAreRecovered(
            String device,
            String accelerator,
            String launch,
            String call,
            String stack,
            double forward,
            double backward) {
        assertEquals(
                0, run(attention(device, accelerator, launch, call, forward, backward), stack, false), this::printed);
        assertEquals(forward, written().flashForwardOfPeak(), DIGITS * forward);
        assertEquals(backward, written().flashBackwardOfPeak(), DIGITS * backward);
    }

    @Test
    void withoutItsStackAttentionIsPrintedAndNotWritten() {
        StepTrace trace =
                attention(H100, "h100-sxm-80gb", "cudaLaunchKernel", "aten::_flash_attention_forward", 0.6, 0.4);
        assertEquals(1, run(trace, "", false));
        assertTrue(printed().contains("flash_forward_of_peak") && printed().contains("0.600"), this::printed);
        assertTrue(printed().contains("--stack NAME"), this::printed);
        assertFalse(Files.exists(folder.resolve("catalog/stacks")));
    }

    @Test
    void aStackThatMaterialisesScoresTakesNoShare() {
        StepTrace trace =
                attention(H100, "h100-sxm-80gb", "cudaLaunchKernel", "aten::_flash_attention_forward", 0.6, 0.4);
        assertEquals(1, run(trace, "megatron-2021", false));
        assertTrue(printed().contains("megatron-2021 has no fused attention"), this::printed);
    }

    @Test
    void anUnknownStackIsRefusedWithTheNearest() {
        assertEquals(2, run(new StepTrace(H100, 1).kernel("copy", "cudaLaunchKernel", 0, 5, 1), "te-2052", false));
        assertTrue(printed().contains("--stack is \"te-2052\"") && printed().contains("te-2025"), this::printed);
    }

    /// Launches at uneven intervals around a mean; each kernel is done long before the next comes. Between some of them
    /// the host waits for the GPU, copies, or loads data, and the GPU has work while it issues others: none of these
    /// counts.
    private static StepTrace launches(double meanMicros, int launches) {
        RandomGenerator random = new RandomStreams(1, 0).stream("launches", 0);
        var trace = new StepTrace(H100, 1);
        double at = 0;
        for (int i = 0; i < launches; i++) {
            trace.kernel("elementwise", "cudaLaunchKernel", at, at + 6, 0.5);
            double next = at + meanMicros * (0.8 + 0.4 * random.nextDouble());
            switch (i % 10) {
                case 3 -> {
                    trace.waits("cudaStreamSynchronize", at + 2, 3 * meanMicros);
                    at += 5 * meanMicros;
                }
                case 6 -> at += 40 * meanMicros;
                case 9 -> {
                    trace.kernel("gemm", "cudaLaunchKernel", next, next + 6, 500);
                    trace.kernel("elementwise", "cudaLaunchKernel", next + 4 * meanMicros, next + 506.5, 0.5);
                    at = next + 600;
                    trace.waits("cudaDeviceSynchronize", at - 10, 5);
                }
                default -> at = next;
            }
        }
        return trace;
    }

    /// The mean of 400 intervals that spread by 12 % of it is known to 0.6 %.
    @Test
    void theHostsTimeIsTheMeanIntervalOfLaunchesThatTheGpuWaitedFor() {
        assertEquals(0, run(launches(3.5, 500), "te-2025", false), this::printed);
        assertEquals(3.5e-6, written().hostSecondsPerKernel(), 0.02 * 3.5e-6);
    }

    @Test
    void aHostThatTheProfilerSlowsDownStaysAsInTheCatalog() {
        assertEquals(1, run(launches(14, 500), "te-2025", false));
        assertTrue(printed().contains("the profiler's own cost"), this::printed);
        assertTrue(printed().contains("14.0 us") || printed().contains("13.9 us"), this::printed);
    }

    @Test
    void fewLaunchesTellNothingOfTheHost() {
        assertEquals(1, run(launches(3.5, 50), "te-2025", false));
        assertFalse(printed().contains("host_per_kernel"), this::printed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void collectivesInANodeStandBesideTheirPrediction(boolean ranksAreTold) {
        ClusterAlone node = ClusterOption.read(new Catalog(List.of()), "hgx-h100", null);
        double seconds = new Collectives(node.cluster().network(), node.library(), NetworkTuning.NONE)
                .aloneSeconds(CollectiveKind.ALL_GATHER, 2 << 20, new int[] {0, 1, 2, 3});
        String members = ranksAreTold ? "[4, 5, 6, 7]" : "";
        var trace = new StepTrace(H100, 8);
        for (int i = 0; i < 8; i++) {
            double waited = i < 3 ? 0 : 50 * i;
            trace.collective("_allgather_base", 1 << 20, 4, members, 1000 * i, 1e6 * seconds + waited);
        }
        trace.collective("allreduce", 1 << 20, 16, "", 9000, 40);
        trace.collective("allreduce", 1 << 20, 2, "[0, 8]", 9100, 40);
        assertEquals(1, run(trace, "te-2025", true));
        JsonNode rows = json().path("collectives");
        assertEquals("dryrun/trace-calibration/1", json().path("schema").asString());
        assertEquals(3, rows.size());
        assertEquals(8, rows.get(0).path("calls").asInt());
        assertEquals(seconds, rows.get(0).path("predicted_s").asDouble(), 1e-9);
        assertEquals(seconds, rows.get(0).path("lower_quartile_s").asDouble(), 1e-9);
        assertTrue(rows.get(0).path("median_s").asDouble() > seconds);
        assertEquals("spans nodes", rows.get(1).path("reason").asString());
        assertEquals("spans nodes", rows.get(2).path("reason").asString());
    }

    @Test
    void aGroupWhosePlaceIsNotToldHasNoPrediction() {
        StepTrace trace = new StepTrace(H100, 64).collective("allreduce", 1 << 20, 8, "", 0, 40);
        assertEquals(1, run(trace, "", false));
        assertTrue(printed().contains("(no ranks in the trace)"), this::printed);
        assertTrue(printed().contains("lower quartile"), this::printed);
    }

    /// Ranks named twice, kernels without a length, groups without ranks, kinds without a model.
    @Test
    void whatMakesNoSenseIsLeftOut() {
        StepTrace trace = new StepTrace(H100, 64)
                .collective("allreduce", 1 << 20, 2, "[4, 4]", 0, 40)
                .collective("gather", 1 << 20, 2, "[4, 5]", 100, 40)
                .collective("allreduce", 0, 2, "[4, 5]", 200, 40)
                .collective("allreduce", 1 << 20, 1, "[4]", 300, 40)
                .kernel("flash", "cudaLaunchKernel", 390, 400, 0)
                .by("aten::_flash_attention_forward", shapes(3, "[1, 64, 8, 64]"), types(), "[]")
                .kernel("nvjet", "cudaLaunchKernel", 490, 500, 0)
                .by("aten::mm", "[[64, 64], [64, 64]]", types(), "[]");
        assertEquals(1, run(trace, "te-2025", true), this::printed);
        assertEquals(
                List.of("no ranks in the trace", "no model of it"),
                json().path("collectives")
                        .valueStream()
                        .map(row -> row.path("reason").asString())
                        .toList());
        assertTrue(
                json().path("attention").isEmpty() && json().path("constants").isEmpty());
    }

    @Test
    void jsonHasConstantsAndShapes() {
        StepTrace trace =
                attention(H100, "h100-sxm-80gb", "cudaLaunchKernel", "aten::_flash_attention_forward", 0.6, 0.4);
        assertEquals(0, run(trace, "te-2025", true), this::printed);
        JsonNode forward = json().path("constants").get(0);
        assertEquals("flash_forward_of_peak", forward.path("name").asString());
        assertEquals(0.6, forward.path("value").asDouble(), DIGITS);
        assertEquals(0.504, forward.path("catalog").asDouble());
        assertTrue(forward.path("written").asBoolean());
        assertEquals(8, json().path("attention").size());
        assertEquals("backward", json().path("attention").get(1).path("pass").asString());
    }
}
