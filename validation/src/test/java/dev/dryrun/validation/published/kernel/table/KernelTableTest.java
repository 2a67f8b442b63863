// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files are told apart by their form, and their sizes are those of the layers that they time.
class KernelTableTest {
    @TempDir
    private Path folder = Path.of(".");

    /// Llama-3 8B on two ranks: 32 heads and 8 of keys of width 128, a gated layer of 14,336.
    @Test
    void layersOfATransformerAreProductsOfItsRank() throws IOException {
        List<MeasuredKernel> rows = read("compute_h100_some_model_mlp.csv", """
            time_stats.attn_pre_proj.median,time_stats.attn_post_proj.median,time_stats.mlp_up_proj.median,time_stats.mlp_down_proj.median,time_stats.mlp_act.median,n_head,n_kv_head,n_embd,n_expanded_embd,use_gated_mlp,num_tokens,num_tensor_parallel_workers
            0.1,0.2,0.3,0.4,0.01,32,8,4096,14336,True,512,2
            """);
        assertEquals(5, rows.size());
        assertEquals("h100", rows.getFirst().device());
        assertEquals(product(512, 3072, 4096), rows.get(0).work());
        assertEquals(product(512, 4096, 2048), rows.get(1).work());
        assertEquals(product(512, 14336, 4096), rows.get(2).work());
        assertEquals(product(512, 4096, 7168), rows.get(3).work());
        assertEquals(0.4e-3, rows.get(3).seconds(), 1e-12);
        // Two halves read and one written, 2 bytes each.
        var gate = assertInstanceOf(KernelWork.Streaming.class, rows.get(4).work());
        assertEquals(6.0 * 512 * 7168, gate.bytes());
    }

    /// Half of the peak of 100 TFLOP/s for 2 * 64 * 64 * 64 operations, and the causal half of attention.
    @Test
    void efficienciesBecomeTimes() throws IOException {
        List<MeasuredKernel> rows = read("x.json", """
            {"sys_name": "b200_x", "accelerator": {"op": {
              "matmul": {"tflops": 100, "accurate_efficient_factor": {
                "b=1, m=64, k=64, n=64, layout=NT, accumulate=True, out_dtype=fp32": 0.5}},
              "group_matmul": {"tflops": 100, "accurate_efficient_factor": {
                "ng=4, M=32, N=64, K=128, main_grad_dtype=fp32, stage=bwd_grad_w, accumulate=True": 0.5}},
              "sdp_bwd": {"tflops": 100, "accurate_efficient_factor": {
                "batch=1, seq_len=128, head_num=2, kv_head_num=2, qk_head_dim=64, v_head_dim=64": 1.0}}}}}
            """);
        assertEquals(
                new KernelWork.Product(new Gemm(64, 64, 64, 1, Precision.BF16, Output.ACCUMULATE_FP32)),
                rows.get(0).work());
        assertEquals(2.0 * 64 * 64 * 64 / 50e12, rows.get(0).seconds(), 1e-18);
        assertEquals(
                new KernelWork.Grouped(new Gemm(64, 128, 32, 1, Precision.BF16, Output.ACCUMULATE_FP32), 4),
                rows.get(1).work());
        var attention = assertInstanceOf(KernelWork.Attention.class, rows.get(2).work());
        assertEquals(Pass.BACKWARD, attention.pass());
        // Five products of 2 * 64 operations for half of 128 * 128 pairs of two heads, at half of the rate.
        assertEquals(5 * 2.0 * 64 * 0.5 * 128 * 128 * 2 / 50e12, rows.get(2).seconds(), 1e-18);
    }

    @Test
    void fp32TimingsAreOnTheVectorUnits() throws IOException {
        List<MeasuredKernel> rows = read("t.csv", """
            OPName,Latency,Device,B,M,N,K,H
            linear,1.5,NVIDIA H100 80GB HBM3,2,512,256,128,
            softmax,0.5,NVIDIA H100 80GB HBM3,1024,,,,512
            """);
        assertEquals(KernelKind.VECTOR_GEMM, rows.get(0).work().kind());
        assertEquals(
                new KernelWork.Product(new Gemm(1024, 256, 128, 1, Precision.FP32, Output.STORE)),
                rows.get(0).work());
        assertEquals(
                8.0 * 1024 * 512,
                assertInstanceOf(KernelWork.Streaming.class, rows.get(1).work()).bytes());
    }

    @Test
    void aSheetNamesItsPrecisionAndItsFileTheAccelerator() throws IOException {
        List<MeasuredKernel> rows = read("DeepBench_NV_V100_Results_Mixed.csv", """
            Precision,"16 bit inputs, 16 bit multiplication, 32 bit addition"
            Dense Matrix Multiplication,,M,N,K,A Transpose,B Transpose,,Time (msec),TERAFLOPS
            ,,1760,128,1760,N,T,,5.0E-2,15.8
            Convolution,,W,H,C,N,K,,Time (msec),
            """);
        assertEquals(1, rows.size());
        assertEquals("V100", rows.getFirst().device());
        assertEquals(product(1760, 128, 1760), rows.getFirst().work());
    }

    @Test
    void ratesOfAttentionBecomeTimes() throws IOException {
        List<MeasuredKernel> rows = read("a.csv", """
            gpu,kernel,dtype,pass,causal,head_dim,batch,seqlen,heads,time_ms,tflops,source
            B200,FA4,bf16,fwd,1,128,4,8192,16,,1500,here
            B200,FA4,bf16,fwd+bwd,1,128,4,8192,16,,1500,here
            """);
        assertEquals(1, rows.size());
        assertEquals(
                4 * 4.0 * 0.5 * 8192 * 8192 * 16 * 128 / 1500e12,
                rows.getFirst().seconds(),
                1e-15);
    }

    @Test
    void whatIsNoTableIsRefusedWithItsName() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.csv"), "a,b\n1,2\n");
        var refused = assertThrows(UnreadableTable.class, () -> KernelTable.read(List.of(file)));
        assertTrue(String.valueOf(refused.getMessage()).contains("notes.csv"), refused.getMessage());
        assertTrue(KernelTable.read(List.of(folder)).rows().isEmpty());
    }

    @Test
    void aWrongNumberIsRefusedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), """
            OPName,Latency,Device,B,M,N,K
            linear,1.5,NVIDIA L4,2,many,256,128
            """);
        var refused = assertThrows(UnreadableTable.class, () -> KernelTable.read(List.of(file)));
        assertTrue(String.valueOf(refused.getMessage()).contains("t.csv:2: M is"), refused.getMessage());
    }

    private List<MeasuredKernel> read(String name, String text) throws IOException {
        return KernelTable.read(List.of(Files.writeString(folder.resolve(name), text)))
                .rows();
    }

    private static KernelWork product(long m, long n, long k) {
        return new KernelWork.Product(Gemm.of(m, n, k, Precision.FP16));
    }
}
