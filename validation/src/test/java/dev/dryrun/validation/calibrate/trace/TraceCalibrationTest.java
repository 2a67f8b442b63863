// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TraceCalibrationTest {
    private static final double GAP_MICROS = 1.5;
    private static final int PRODUCTS = 60;

    /// The prior's pull on a rate that products without noise identify: a part in a hundred of its width.
    private static final double PULL = 0.01;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(Path trace) {
        var request = new TraceRequest(
                List.of(trace), null, null, null, folder.resolve("catalog"), "mine", false, false, List.of());
        return new TraceCalibration(new PrintStream(out), new PrintStream(err)).run(request);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Accelerator read(List<Path> folders, String name) {
        var problems = new Problems();
        return Accelerator.read(Objects.requireNonNull(new Catalog(folders).find("accelerators", name, problems))
                .root());
    }

    /// Products of a known model with another rate, whose kernels stand in a trace without the gap behind them. All ran
    /// at the sustained clock, so the rate comes back as it is, the clock with it.
    @ParameterizedTest
    @CsvSource({
        "h100-sxm-80gb, NVIDIA H100 80GB HBM3, nvjet_hsh_256x128, cudaLaunchKernel, 0.85",
        "mi300x, AMD Instinct MI300X, Cijk_Ailk_Bljk_BBS_BH, hipExtModuleLaunchKernel, 1.1",
    })
    void aRateThatMadeTheTraceIsRecovered(String name, String device, String kernel, String launch, double rate)
            throws IOException {
        Accelerator sheet = read(List.of(), name);
        GemmCalibration gemm = sheet.gemm();
        Map<Precision, Double> rates = new EnumMap<>(gemm.burstFlopsPerSecond());
        rates.computeIfPresent(Precision.BF16, (precision, old) -> old * rate);
        var model = new KernelModel(sheet.withGemm(gemm.withRates(rates, gemm.sustainedClock())), 1);
        assertEquals(0, run(trace(device, kernel, launch, model, true)), this::errors);
        double found = read(List.of(folder.resolve("catalog")), "mine").gemm().rateFlopsPerSecond(Precision.BF16);
        assertEquals(rate, found / gemm.rateFlopsPerSecond(Precision.BF16), PULL);
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("mean absolute error by time") && text.contains("8192 x"), text);
    }

    /// Each product is off by the rate before the fit and by nothing much after it.
    @Test
    void jsonHasEveryProductBeforeAndAfter() throws IOException {
        Accelerator sheet = read(List.of(), "h100-sxm-80gb");
        Path trace = trace("NVIDIA H100 80GB HBM3", "nvjet", "cudaLaunchKernel", new KernelModel(sheet, 1), true);
        var request = new TraceRequest(List.of(trace), null, null, null, null, null, false, true, List.of());
        assertEquals(0, new TraceCalibration(new PrintStream(out), new PrintStream(err)).run(request), this::errors);
        JsonNode products = JsonMapper.shared()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .path("products");
        assertEquals(PRODUCTS, products.path("rows").size());
        JsonNode first = products.path("rows").get(0);
        assertEquals(1024, first.path("m").asInt());
        assertEquals(first.path("measured_s").asDouble(), first.path("fitted_s").asDouble(), PULL * 1e-3);
        assertTrue(products.path("mean_error_fitted_pct").asDouble() < 100 * PULL);
    }

    @Test
    void withoutShapesItSaysWhatToDo() throws IOException {
        var model = new KernelModel(read(List.of(), "h100-sxm-80gb"), 1);
        assertEquals(1, run(trace("NVIDIA H100 80GB HBM3", "nvjet", "cudaLaunchKernel", model, false)));
        assertTrue(errors().contains("record_shapes=True"), this::errors);
    }

    @Test
    void anUnknownGpuAsksForItsName() throws IOException {
        var model = new KernelModel(read(List.of(), "h100-sxm-80gb"), 1);
        assertEquals(2, run(trace("Abacus", "nvjet", "cudaLaunchKernel", model, true)));
        assertTrue(errors().contains("--accelerator"), this::errors);
    }

    /// Every kernel is issued by the host long before it begins.
    private Path trace(String device, String kernel, String launch, KernelModel model, boolean shapes)
            throws IOException {
        List<String> events = new ArrayList<>();
        double at = 1e5;
        for (int i = 0; i < PRODUCTS; i++) {
            long m = 1024L << i % 4;
            long n = 1024L << i / 4 % 4;
            long k = 1024L << i / 16 % 4;
            double micros = 1e6 * model.gemmSeconds(Gemm.of(m, n, k, Precision.BF16)) - GAP_MICROS;
            events.add(event("cuda_runtime", launch, i, 1, "\"correlation\": " + i + ", \"External id\": " + i));
            events.add(event("kernel", kernel, at, micros, "\"stream\": 7, \"correlation\": " + i));
            if (shapes) {
                events.add(event(
                        "cpu_op",
                        "aten::mm",
                        i,
                        1,
                        "\"External id\": %d, \"Input Dims\": [[%d, %d], [%d, %d]], \"Input type\": [\"c10::BFloat16\", \"c10::BFloat16\"]"
                                .formatted(i, m, k, k, n)));
            }
            at += micros + GAP_MICROS;
        }
        return Files.writeString(
                folder.resolve("trace.json"),
                "{\"deviceProperties\": [{\"name\": \"" + device + "\"}], \"traceEvents\": ["
                        + String.join(",\n", events) + "]}");
    }

    private static String event(String category, String name, double start, double micros, String arguments) {
        return "{\"ph\": \"X\", \"cat\": \"%s\", \"name\": \"%s\", \"tid\": 1, \"ts\": %s, \"dur\": %s, \"args\": {%s}}"
                .formatted(category, name, start, micros, arguments);
    }
}
