// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// Kind of optimizer, as far as memory and time see it.
public enum Optimizer {
    /// Adam or AdamW: two moments in fp32.
    ADAM(2, 4),
    /// Adam whose two moments take a byte each. The scales of its blocks, one of 4 bytes for 2,048 values, are left
    /// out. Source: Dettmers et al., 2021, arXiv:2110.02861, section 2.
    ADAM_8BIT(2, 1),
    /// SGD with momentum: one moment in fp32.
    MOMENTUM(1, 4),
    /// Plain SGD.
    SGD(0, 4);

    private final int moments;
    private final int momentBytes;

    Optimizer(int moments, int momentBytes) {
        this.moments = moments;
        this.momentBytes = momentBytes;
    }

    /// Values kept per parameter beside the weight itself.
    public int moments() {
        return moments;
    }

    /// Bytes of one of these values, unless all of the training is in fewer.
    public int momentBytes() {
        return momentBytes;
    }
}
