// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

/// What kernels of a device are fitted by, each with where the search begins, in SI.
enum DeviceConstant {
    RATE(4e10),
    GAP(10e-6),
    OPERANDS(2e10),
    STORE(2e10),
    ACCUMULATE(2e10),
    STREAM(1e10),
    LATENCY(10e-6),
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
    OPTIMIZER(50),
    GRADIENT_NORM(4),
    PUBLISH(4),
    FLASH_FORWARD(1e10),
    FLASH_BACKWARD(1e10),
    HALF_LENGTH(64);

    private final double start;

    DeviceConstant(double start) {
        this.start = start;
    }

    double start() {
        return start;
    }

    double in(double[] logs) {
        return start * Math.exp(Math.max(-8, Math.min(8, logs[ordinal()])));
    }
}
