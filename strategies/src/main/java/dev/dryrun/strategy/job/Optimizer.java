// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// Kind of optimizer, as far as memory and time see it.
public enum Optimizer {
    /// Adam: two moments in fp32.
    ADAM(2, 4),
    /// Adam with weight decay of its own: the state of Adam, and unfused one pass more. arXiv:1711.05101.
    ADAMW(2, 4),
    /// Adam whose two moments take a byte each. The scales of its blocks, one of 4 bytes for 2,048 values, are left
    /// out. Source: Dettmers et al., 2021, arXiv:2110.02861, section 2.
    ADAM_8BIT(2, 1),
    /// Adafactor without momentum: of a matrix the second moments' means by rows and by columns, of a vector all
    /// second moments. Source: Shazeer and Stern, 2018, arXiv:1804.04235, algorithms 4 and 5.
    ADAFACTOR(0, 4),
    /// One moment in fp32, of which the update takes the sign. Source: Chen et al., 2023, arXiv:2302.06675,
    /// algorithm 2.
    LION(1, 4),
    /// The matrices of layers with one moment in fp32, which is orthogonalised; the rest with Adam.
    /// Source: Liu et al., 2025, arXiv:2502.16982, sections 2.1 and 2.2.
    MUON(1, 4),
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

    /// Values kept per parameter beside the weight itself; of matrices only, where the rest is treated otherwise.
    public int moments() {
        return moments;
    }

    /// Bytes of one of these values, unless all of the training is in fewer.
    public int momentBytes() {
        return momentBytes;
    }

    /// Bytes of the moments of a parameter that is no element of a layer's matrix, or in a form that is kept whole.
    public int wholeMomentBytes() {
        return switch (this) {
            case ADAM, ADAMW, ADAM_8BIT, LION, MOMENTUM, SGD -> moments * momentBytes;
            case ADAFACTOR -> 4;
            case MUON -> ADAM.wholeMomentBytes();
        };
    }
}
