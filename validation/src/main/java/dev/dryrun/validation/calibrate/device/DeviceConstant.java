// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

/// What kernels of a device are fitted by, each with where the search begins, in SI.
enum DeviceConstant {
    /// Operations a second of large products.
    RATE(4e10),
    /// Seconds of a call.
    GAP(10e-6),
    /// Bytes a second that products read.
    OPERANDS(2e10),
    /// Bytes a second of a result that is stored.
    STORE(2e10),
    /// Bytes a second of a gradient that is added to.
    ACCUMULATE(2e10),
    /// Bytes a second of byte-bound kernels.
    STREAM(1e10),
    /// Seconds of a byte-bound kernel beside its bytes.
    LATENCY(10e-6),
    /// Bytes for each element and kernel, as 16-bit tensors count; down to the embedding.
    NORM_FORWARD(4),
    NORM_BACKWARD(8),
    RESIDUAL_BACKWARD(8),
    ACTIVATION_FORWARD(8),
    ACTIVATION_BACKWARD(12),
    SCORES_FORWARD(16),
    SCORES_BACKWARD(20),
    LOSS_FORWARD(8),
    LOSS_BACKWARD(8),
    EMBEDDING_FORWARD(10),
    EMBEDDING_BACKWARD(14),
    /// Bytes for each parameter; down to what is published.
    OPTIMIZER(50),
    GRADIENT_NORM(4),
    PUBLISH(4),
    /// Operations a second of fused attention.
    FLASH_FORWARD(1e10),
    FLASH_BACKWARD(1e10),
    /// Tokens of a sequence at which attention runs at half its rate.
    HALF_LENGTH(64);

    private static final double WIDEST = 8;

    private final double start;

    DeviceConstant(double start) {
        this.start = start;
    }

    double start() {
        return start;
    }

    double in(double[] logs) {
        return start * Math.exp(Math.clamp(logs[ordinal()], -WIDEST, WIDEST));
    }
}
