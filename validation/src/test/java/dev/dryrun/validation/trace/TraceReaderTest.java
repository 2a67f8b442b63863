// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {
    private static final Traces TRACE = new Traces()
            .of("NVIDIA A100-SXM4-80GB", 3, 8)
            .kernel("ampere_bf16_gemm", 7, 100, 50, 1)
            .call(1, "aten::mm", "[[64, 128], [128, 32]]", "[\"c10::BFloat16\", \"c10::BFloat16\"]", "[\"\", \"\"]")
            .collective("allreduce", 1024, "BFloat16", "tensor_model_parallel", 20, 120, 60)
            .step(0, 90, 100);

    @TempDir
    private Path folder;

    @Test
    void kernelsFindTheOperatorsThatIssuedThem() {
        ProfilerTrace trace = TraceReader.read(TRACE.in(folder));
        assertEquals("NVIDIA A100-SXM4-80GB", trace.device());
        assertEquals(108, trace.computeUnits());
        assertEquals(3, trace.rank());
        assertEquals(8, trace.ranks());
        assertTrue(trace.marked());
        GpuActivity product = trace.activities().getFirst();
        assertEquals(GpuUse.GEMM, product.use());
        OpCall call = Objects.requireNonNull(product.call());
        assertEquals(List.of(128L, 32L), call.shape(1));
        GpuActivity reduction = trace.activities().getLast();
        assertEquals(GpuUse.TENSOR_COMM, reduction.use());
        assertEquals(new TracedCollective("allreduce", 2048, 8, "tensor_model_parallel"), reduction.collective());
    }

    @Test
    void compressedTracesAreTheSame() throws IOException {
        Path plain = TRACE.in(folder);
        Path packed = folder.resolve("trace.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(plain, out);
        }
        assertEquals(
                TraceReader.read(plain).activities(), TraceReader.read(packed).activities());
    }

    @Test
    void withoutMarksAllOfItIsOneStep() {
        ProfilerTrace trace = TraceReader.read(
                new Traces().kernel("k", 7, 10, 5).kernel("k", 7, 30, 20).in(folder));
        assertFalse(trace.marked());
        assertEquals(List.of(new ProfilerTrace.Window(10, 50)), trace.steps());
    }

    @ParameterizedTest
    @CsvSource({
        "ampere_bf16_s16816gemm_bf16_128x128, GEMM",
        "nvjet_hsh_256x128_64x4_2x1_v_bz_coopA_NNT, GEMM",
        "Cijk_Ailk_Bljk_BBS_BH_MT256x256x32, GEMM",
        "void flash::flash_fwd_kernel<traits>, ATTENTION",
        "attn_fwd, OTHER_KERNEL",
        "fmha_cutlassF_bf16_aligned, ATTENTION",
        "void multi_tensor_apply_kernel<TensorListMetadata<4>>, OPTIMIZER",
        "void at::native::vectorized_elementwise_kernel<4>, OTHER_KERNEL"
    })
    void kernelsWithoutAnOperatorAreToldByTheirNames(String name, GpuUse use) {
        assertEquals(use, GpuUse.ofKernel(name, null));
    }

    @ParameterizedTest
    @CsvSource({
        "ncclDevKernel_SendRecv, '', PIPELINE_COMM",
        "ncclDevKernel_AllReduce_Sum_bf16_RING_LL, data_parallel, DATA_COMM",
        "ncclDevKernel_AllGather_RING_LL, TENSOR_MODEL_PARALLEL_GROUP, TENSOR_COMM",
        "ncclDevKernel_ReduceScatter_Sum, CONTEXT_PARALLEL_GROUP, CONTEXT_COMM",
        "ncclDevKernel_SendRecv, expert_model_parallel, EXPERT_COMM"
    })
    void collectivesBelongToTheirGroups(String kernel, String group, GpuUse use) {
        assertTrue(GpuUse.communicates(kernel));
        assertEquals(use, GpuUse.ofCollective(kernel, new TracedCollective("", 0, 0, group)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"ph\": \"X\", | trace.json:1:13: the file is no sound JSON",
                "12               | trace.json:1:1: the file is no JSON object, but must be a trace of the PyTorch"
                        + " profiler.",
                "{\"traceEvents\": []} | trace.json:1:1: the file is a trace without any kernel, but must have what"
                        + " ran on a GPU."
            })
    void whatIsNoTraceIsRefused(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("trace.json"), text);
        InvalidInputException refusal = assertThrows(InvalidInputException.class, () -> TraceReader.read(file));
        assertTrue(
                refusal.problems().getFirst().message().contains(message.replace("trace.json", file.toString())),
                refusal::getMessage);
    }
}
