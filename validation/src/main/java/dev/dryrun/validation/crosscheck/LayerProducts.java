// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.crosscheck;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import java.util.List;

/// The four products of a transformer layer's forward pass on one of `tensor` GPUs.
///
/// @param tokens of a micro-batch
/// @param queryKeyValue columns of the first product over all GPUs
/// @param ffn columns of the third over all GPUs, twice the inner width where it is gated
/// @param gated whether half of those are gates
record LayerProducts(String model, int tensor, long tokens, long hidden, long queryKeyValue, long ffn, boolean gated) {
    /// In their order; the first and third follow a gather, the others precede a scatter.
    List<Gemm> forward() {
        return List.of(
                Gemm.of(tokens, queryKeyValue / tensor, hidden, Precision.BF16),
                Gemm.of(tokens, hidden, hidden / tensor, Precision.BF16),
                Gemm.of(tokens, ffn / tensor, hidden, Precision.BF16),
                Gemm.of(tokens, hidden, inner() / tensor, Precision.BF16));
    }

    private long inner() {
        return gated ? ffn / 2 : ffn;
    }

    /// Bytes of the layer's weights, 16 bit each.
    double weightBytes() {
        return 2.0 * hidden * (queryKeyValue + hidden + ffn + inner());
    }

    /// Bytes of the activations between two blocks, of all tokens.
    double activationBytes() {
        return 2.0 * tokens * hidden;
    }
}
