// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.accelerator.Precision;

/// How tensors are scaled into a narrow format, and what that moves beside the cast itself.
///
/// A cast reads 16 bits and writes the operand and its transpose; the stack's traffic counts that. On top, for each
/// element that is cast:
///
///     delayed   nothing: the scale comes from the maxima of steps before
///     current   2 bytes: the tensor is read once more beforehand, for its maximum
///     block     scales of 4 bytes for 128 elements, twice; backward the kept operand is read and written anew in
///               blocks along the other side, a byte each
///     mx        scales of a byte for 32 elements, twice
///     nvfp4     scales of a byte for 16 elements, twice, and 2 bytes for the maximum of the tensor
///
/// Sources: NVIDIA, Transformer Engine user guide, FP8 primer (delayed, current); DeepSeek-AI, 2024, arXiv:2412.19437,
/// section 3.3.2 and 3.3.3 (blocks of 1 x 128 and 128 x 128); OCP Microscaling Formats specification 1.0, 2023 (mx);
/// NVIDIA, 2025, arXiv:2509.25149, section 2 (nvfp4).
public enum Scaling {
    DELAYED(0, 1, 0, 0),
    CURRENT(2, 1, 0, 0),
    BLOCK(0, 128, 4, 2),
    MX(0, 32, 1, 0),
    NVFP4(2, 16, 1, 0);

    private final double maximumBytes;
    private final int blockElements;
    private final int scaleBytes;
    private final double recastBytes;

    Scaling(double maximumBytes, int blockElements, int scaleBytes, double recastBytes) {
        this.maximumBytes = maximumBytes;
        this.blockElements = blockElements;
        this.scaleBytes = scaleBytes;
        this.recastBytes = recastBytes;
    }

    /// That of a format where nothing is said.
    public static Scaling usual(Precision precision) {
        return precision == Precision.FP4 ? NVFP4 : DELAYED;
    }

    /// Whether a format is scaled like this.
    public boolean scales(Precision precision) {
        return switch (this) {
            case DELAYED, CURRENT, BLOCK -> precision != Precision.FP4;
            case MX -> true;
            case NVFP4 -> precision == Precision.FP4;
        };
    }

    /// Bytes of scales for each element of an operand.
    public double scaleBytesPerElement() {
        return (double) scaleBytes / blockElements;
    }

    /// Bytes for each element that is cast, beyond the cast to 8 bits that the stack counts.
    ///
    /// @param precision of the operands: what they have less than 8 bits is saved, in both of their copies
    /// @param backward whether operands that the forward pass kept are needed along their other side
    public double extraBytes(Precision precision, boolean backward) {
        double narrower = 2 * (precision.bytes() - 1);
        return narrower + maximumBytes + 2 * scaleBytesPerElement() + (backward ? recastBytes : 0);
    }
}
