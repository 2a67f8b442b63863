// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

/// How weights are stored for inference.
public enum WeightFormat {
    FP32(32),
    /// fp16 or bf16.
    FP16(16),
    /// A byte per weight; scales, one per row or so, are left out.
    INT8(8),
    /// 4 bits in blocks of 32 weights with a scale of 32 bits: 4 + 32/32 = 5 bits a weight.
    /// Source: the format Q4_0 of llama.cpp and ggml of March 2023.
    Q4(5);

    private final double bits;

    WeightFormat(double bits) {
        this.bits = bits;
    }

    /// Bits of a weight, scales included.
    public double bits() {
        return bits;
    }

    public double bytes(double parameters) {
        return parameters * bits / Byte.SIZE;
    }
}
