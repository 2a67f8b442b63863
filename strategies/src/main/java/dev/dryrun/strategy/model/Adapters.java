// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// Fine-tuning that leaves a model as it is and trains beside its matrices products of low rank.
///
/// For a matrix of k inputs and d outputs an adapter has r (k + d) parameters: W x + B A x, A of r x k and B of d x r.
/// Nothing else is trained: no gradients of weights, no state of the optimizer, no reduction for what is frozen.
/// Source: Hu et al., 2021, arXiv:2106.09685, section 4.1.
///
/// @param rank r; 0 where everything is trained
/// @param attention whether matrices of attention and recurrences have adapters
/// @param mlp whether those of MLPs have; experts never do
/// @param fourBits whether what is frozen is kept in 4 bits, and widened before each product
public record Adapters(int rank, boolean attention, boolean mlp, boolean fourBits) {
    /// Everything is trained.
    public static final Adapters NONE = new Adapters(0, false, false, false);

    /// Bytes of a weight in 4 bits with scales of 8 bits for blocks of 64, themselves scaled in fp32 by 256:
    /// 0.5 + (8 + 32/256) / 64 / 8. Source: Dettmers et al., 2023, arXiv:2305.14314, section 3 (double quantization).
    public static final double FOUR_BIT_BYTES = 0.5 + (8 + 32.0 / 256) / 64 / 8;

    public Adapters {
        if (rank < 0 || (rank > 0 && !attention && !mlp)) {
            throw new IllegalArgumentException(
                    "rank is " + rank + "; it must be at least 0, and 0 where no matrix has an adapter");
        }
    }

    /// Whether the model itself is left as it is.
    public boolean freeze() {
        return rank > 0;
    }

    /// Whether the matrices of a part of a block have adapters.
    boolean on(Sublayer part) {
        return switch (part) {
            case Attention ignored -> attention;
            case Recurrence ignored -> attention;
            case FeedForward ignored -> mlp;
        };
    }
}
