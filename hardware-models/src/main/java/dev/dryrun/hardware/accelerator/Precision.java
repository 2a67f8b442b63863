// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

/// Number format of matrix products.
public enum Precision {
    FP32(4),
    TF32(4),
    FP16(2),
    BF16(2),
    FP8(1);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of one element in memory.
    public int bytes() {
        return bytes;
    }
}
