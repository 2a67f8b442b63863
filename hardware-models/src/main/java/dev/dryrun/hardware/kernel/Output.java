// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

/// What a matrix product does with its result: write it, or add it to what is already there.
///
/// An accumulating epilogue (the weight gradient of a micro-batch) reads and writes every element.
public enum Output {
    /// A 16-bit result is written (32-bit where the operands are).
    STORE(2),
    /// A 32-bit result is written.
    STORE_FP32(4),
    /// A 32-bit sum is read and written.
    ACCUMULATE_FP32(8),
    /// A 16-bit sum is read and written.
    ACCUMULATE_16(4);

    private final int bytesPerElement;

    Output(int bytesPerElement) {
        this.bytesPerElement = bytesPerElement;
    }

    /// Bytes moved for one element of the result, reads and writes together.
    public int bytesPerElement() {
        return bytesPerElement;
    }

    /// Whether the old value is read.
    public boolean accumulates() {
        return this == ACCUMULATE_FP32 || this == ACCUMULATE_16;
    }
}
