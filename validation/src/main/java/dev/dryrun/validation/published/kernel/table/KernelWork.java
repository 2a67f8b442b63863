// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Pass;

/// The work of a measured kernel.
public sealed interface KernelWork {
    /// A matrix product, or a batch of them.
    record Product(Gemm gemm) implements KernelWork {}

    /// Products of equal sizes with weights of their own, in one call.
    record Grouped(Gemm each, int groups) implements KernelWork {}

    /// Fused attention.
    ///
    /// @param library who wrote the kernel, such as `FA2`
    record Attention(FlashAttention shape, Pass pass, String library, Precision precision) implements KernelWork {}

    /// A kernel that does little more than move its tensors.
    ///
    /// @param bytes reads and writes of the tensors it must touch, each once
    record Streaming(KernelKind kind, double bytes, KernelLibrary library) implements KernelWork {}

    /// What it does.
    default KernelKind kind() {
        return switch (this) {
            case Product(Gemm gemm) -> product(gemm);
            case Grouped ignored -> KernelKind.GROUPED_GEMM;
            case Attention attention ->
                attention.pass() == Pass.FORWARD ? KernelKind.ATTENTION_FORWARD : KernelKind.ATTENTION_BACKWARD;
            case Streaming streaming -> streaming.kind();
        };
    }

    private static KernelKind product(Gemm gemm) {
        if (gemm.batch() > 1) {
            return KernelKind.BATCHED_GEMM;
        }
        return gemm.precision() == Precision.FP32 ? KernelKind.VECTOR_GEMM : KernelKind.GEMM;
    }
}
