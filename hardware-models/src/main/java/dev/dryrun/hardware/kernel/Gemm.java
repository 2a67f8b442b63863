// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

import dev.dryrun.hardware.accelerator.Precision;

/// A matrix product of `batch` independent pairs: (m x k) times (k x n).
///
/// @param batch 1 for a plain product; sequences times heads for the products of materialised attention
public record Gemm(long m, long n, long k, long batch, Precision precision, Output output) {
    public Gemm {
        if (m < 1 || n < 1 || k < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "a matrix product needs positive sizes, not m=%d n=%d k=%d batch=%d".formatted(m, n, k, batch));
        }
    }

    /// A plain product whose 16-bit result is stored.
    public static Gemm of(long m, long n, long k, Precision precision) {
        return new Gemm(m, n, k, 1, precision, Output.STORE);
    }

    /// Operations, a multiply-add counted as two.
    public double flops() {
        return 2.0 * m * n * k * batch;
    }

    /// Elements of the result.
    public double outputElements() {
        return (double) m * n * batch;
    }

    /// Bytes moved for the result.
    public double outputBytes() {
        return outputElements() * Math.max(output.bytesPerElement(), storedBytes());
    }

    /// Bytes of memory traffic when every operand is read once.
    public double memoryBytes() {
        return batch * ((double) m * k + (double) k * n) * precision.bytes() + outputBytes();
    }

    /// The largest of 1, 2, 4, 8 that divides all three sizes: tensor cores want rows that begin at 16-byte
    /// borders.
    ///
    /// Which sizes are row lengths in memory depends on the layout. The number of tokens never is one; in
    /// training it is a multiple of 8, so asking all three sizes gives the same answer.
    public int alignment() {
        return (int) Long.lowestOneBit(m | n | k | 8);
    }

    private int storedBytes() {
        return precision.bytes() == 4 ? 4 : 0;
    }
}
