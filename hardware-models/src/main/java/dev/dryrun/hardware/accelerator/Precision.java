// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

/// Number format of matrix products, and what follows from it for the tensors around them.
public enum Precision {
    FP32(32),
    TF32(32),
    FP16(16),
    BF16(16),
    FP8(8),
    FP4(4);

    private static final int NARROWEST_TENSOR = 16;

    private final int bits;

    Precision(int bits) {
        this.bits = bits;
    }

    /// Bytes of one operand in memory, without the scale of a block.
    public double bytes() {
        return bits / 8.0;
    }

    /// Bytes of an element of what is not an operand: activations between products, weights, gradients.
    public int tensorBytes() {
        return Math.max(bits, NARROWEST_TENSOR) / 8;
    }

    /// Whether operands are cast from tensors of a wider format.
    public boolean isCast() {
        return bits < NARROWEST_TENSOR;
    }

    /// Whether weights are in fewer bits than the optimizer works in, so that it keeps a copy of its own.
    public boolean isMixed() {
        return bits <= NARROWEST_TENSOR;
    }

    /// Format of the products that stay outside of a narrow one: attention and logits.
    public Precision outside() {
        return isCast() ? BF16 : this;
    }
}
