// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.hardware.kernel.Pass;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracedShapesTest {
    private static final List<String> BF16 = List.of("c10::BFloat16", "c10::BFloat16", "c10::BFloat16");

    @TempDir
    private Path folder;

    private static OpCall call(String name, List<List<Long>> shapes, String... values) {
        return new OpCall(name, shapes, BF16, List.of(values));
    }

    @Test
    void productsHaveTheShapesOfTheirOperands() {
        assertEquals(
                Optional.of(Gemm.of(64, 32, 128, Precision.BF16)),
                TracedShapes.gemm(call("aten::mm", List.of(List.of(64L, 128L), List.of(128L, 32L)))));
        assertEquals(
                Optional.of(Gemm.of(64, 32, 128, Precision.BF16)),
                TracedShapes.gemm(call("aten::addmm", List.of(List.of(32L), List.of(64L, 128L), List.of(128L, 32L)))));
        assertEquals(
                Optional.of(Gemm.of(2 * 64, 32, 128, Precision.BF16)),
                TracedShapes.gemm(call("aten::linear", List.of(List.of(2L, 64L, 128L), List.of(32L, 128L)))));
        assertEquals(
                Optional.of(new Gemm(64, 32, 128, 6, Precision.BF16, Output.STORE)),
                TracedShapes.gemm(call("aten::bmm", List.of(List.of(6L, 64L, 128L), List.of(6L, 128L, 32L)))));
        assertTrue(TracedShapes.gemm(call("aten::mm", List.of(List.of(64L, 128L), List.of(64L, 32L))))
                .isEmpty());
    }

    @Test
    void attentionHasHeadsBeforeOrBehindTokens() {
        var expected = FlashAttention.causal(1, 4096, 32, 128);
        List<Long> headsFirst = List.of(1L, 32L, 4096L, 128L);
        assertEquals(
                Optional.of(new TracedShapes.PassShape(expected, Pass.FORWARD)),
                AttentionCall.shape(call(
                        "aten::_scaled_dot_product_flash_attention",
                        List.of(headsFirst, headsFirst, headsFirst),
                        "",
                        "",
                        "",
                        "0.0",
                        "True")));
        List<Long> headsLast = List.of(1L, 4096L, 32L, 128L);
        assertEquals(
                Optional.of(new TracedShapes.PassShape(expected, Pass.BACKWARD)),
                AttentionCall.shape(
                        call("aten::_flash_attention_backward", List.of(headsLast, headsLast, headsLast, headsLast))));
    }

    /// The flag stands where each operator has it: behind others that say True or False of something else.
    @Test
    void theMaskIsReadWhereTheOperatorHasIt() {
        List<Long> shape = List.of(1L, 2048L, 16L, 128L);
        List<List<Long>> forward = List.of(shape, shape, shape);
        List<List<Long>> backward = List.of(shape, shape, shape, shape);
        String[] full = {"", "", "", "0.0", "", "False", "-1", "-1", "0.0", "", "True"};
        assertEquals(2048.0 * 2048, pairs(call("flash_attn::_flash_attn_forward", forward, full)));
        String[] deterministic = {
            "", "", "", "", "", "", "", "", "", "0.0", "", "True", "-1", "-1", "0.0", "", "False", ""
        };
        assertEquals(0.5 * 2048 * 2048, pairs(call("flash_attn::_flash_attn_backward", backward, deterministic)));
        String[] cudnn = {"", "", "", "", "True", "0.0", "False", "False"};
        List<Long> headsFirst = List.of(1L, 16L, 2048L, 128L);
        assertEquals(
                2048.0 * 2048,
                pairs(call(
                        "aten::_scaled_dot_product_cudnn_attention",
                        List.of(headsFirst, headsFirst, headsFirst),
                        cudnn)));
    }

    private static double pairs(OpCall call) {
        return AttentionCall.shape(call).orElseThrow().attention().pairs();
    }

    /// What the inputs do not tell the size of is no shape: windows, packed sequences, no elements, other operators.
    @Test
    void attentionOfUnknownSizeHasNoShape() {
        List<Long> shape = List.of(1L, 2048L, 16L, 128L);
        List<List<Long>> forward = List.of(shape, shape, shape);
        String[] window = {"", "", "", "0.0", "", "True", "512", "0"};
        assertTrue(AttentionCall.shape(call("flash_attn::_flash_attn_forward", forward, window))
                .isEmpty());
        assertTrue(AttentionCall.shape(call(
                        "aten::_efficient_attention_forward", List.of(shape, shape, shape, List.of(), List.of(9L))))
                .isEmpty());
        List<Long> empty = List.of(0L, 2048L, 16L, 128L);
        assertTrue(AttentionCall.shape(call("aten::_flash_attention_forward", List.of(empty, empty, empty)))
                .isEmpty());
        assertTrue(AttentionCall.shape(call("flash_attn::_flash_attn_varlen_forward", forward))
                .isEmpty());
    }

    /// A split along K and the kernel that sums its parts are one product; of three calls the middle one counts.
    @Test
    void kernelsOfACallAreOneProduct() {
        var traces = new Traces();
        double[] micros = {30, 10, 20};
        for (int call = 0; call < 3; call++) {
            traces.call(call, "aten::mm", "[[64, 128], [128, 32]]", "[\"float\", \"float\"]", "[]")
                    .kernel("sgemm_splitk", 7, 100 * call, micros[call], call)
                    .kernel("splitKreduce_kernel", 7, 100 * call + 40, 5, call);
        }
        TracedShapes shapes = TracedShapes.of(
                TraceReader.read(traces.kernel("unknown_gemm", 7, 500, 12).in(folder)));
        TracedShapes.Timed<Gemm> product = shapes.gemms().getFirst();
        assertEquals(1, shapes.gemms().size());
        assertEquals(3, product.calls());
        assertEquals(25e-6, product.medianSeconds(), 1e-12);
        assertEquals(12e-6, shapes.unshapedSeconds(), 1e-12);
    }
}
