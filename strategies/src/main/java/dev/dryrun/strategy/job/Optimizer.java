// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// Kind of optimizer, as far as memory and time see it.
public enum Optimizer {
    /// Adam or AdamW: two moments in fp32.
    ADAM(2),
    /// SGD with momentum: one moment in fp32.
    MOMENTUM(1),
    /// Plain SGD.
    SGD(0);

    private final int moments;

    Optimizer(int moments) {
        this.moments = moments;
    }

    /// Values kept per parameter beside the weight itself.
    public int moments() {
        return moments;
    }
}
