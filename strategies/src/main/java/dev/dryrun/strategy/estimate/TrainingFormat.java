// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import dev.dryrun.hardware.accelerator.Precision;

/// In which number formats a model is trained.
public enum TrainingFormat {
    /// Everything in fp32.
    FP32(Precision.FP32),
    /// Everything in fp32, matrices multiplied as tf32.
    TF32(Precision.TF32),
    /// Mixed: weights and gradients in fp16, an fp32 copy of the weights in the optimizer.
    FP16(Precision.FP16),
    /// Mixed, with bf16.
    BF16(Precision.BF16),
    /// Mixed, with weights in 16 bits that are multiplied as fp8.
    FP8(Precision.FP8),
    /// Mixed, with weights in 16 bits that are multiplied as fp4.
    FP4(Precision.FP4),
    /// Everything in bf16, the optimizer's moments too, and no copy.
    PURE_BF16(Precision.BF16);

    private final Precision products;

    TrainingFormat(Precision products) {
        this.products = products;
    }

    /// The format that scenarios call by their precision.
    public static TrainingFormat of(Precision precision) {
        return switch (precision) {
            case FP32 -> FP32;
            case TF32 -> TF32;
            case FP16 -> FP16;
            case BF16 -> BF16;
            case FP8 -> FP8;
            case FP4 -> FP4;
        };
    }

    /// Format of the matrix products.
    public Precision products() {
        return products;
    }

    /// Bytes of a weight in the model.
    public int weightBytes() {
        return products.tensorBytes();
    }
}
