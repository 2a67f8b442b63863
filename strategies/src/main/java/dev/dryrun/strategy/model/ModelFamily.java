// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// A line of models; it says what a file need not.
enum ModelFamily {
    /// Biases, learned positions, an MLP of width 4h, the head tied to the embedding, dropout.
    /// Source: Radford et al., 2019 (GPT-2); Shoeybi et al., 2019, arXiv:1909.08053.
    GPT(false, false, true, true, true),
    /// Gate, rotary positions, a head of its own, no biases, no dropout.
    /// Source: Touvron et al., 2023, arXiv:2302.13971, section 2.2.
    LLAMA(true, true, false, false, false),
    /// An encoder: biases, learned positions and token types with a norm behind them, an MLP of width 4h, norms behind
    /// the sublayers (hence none at the end), a pooler, dropout.
    /// Source: Devlin et al., 2018, arXiv:1810.04805, section 3.
    BERT(false, false, true, true, true),
    /// Encoder and decoder: no biases, relative positions in buckets, the head tied to the embedding, dropout.
    /// Source: Raffel et al., 2020, arXiv:1910.10683, section 2.1.
    T5(false, false, false, true, true),
    /// Blocks of time mixing and channel mixing: norms with biases, no positions, a head of its own.
    /// Source: Peng et al., 2023, arXiv:2305.13048, section 3.
    RWKV(false, false, true, false, false),
    /// Blocks of a selective state space and nothing else: no biases, no positions, the head tied to the embedding.
    /// Source: Gu and Dao, 2023, arXiv:2312.00752, section 3.4.
    MAMBA(false, false, false, true, false);

    final boolean gatedMlp;
    final boolean rotary;
    final boolean biases;
    final boolean tiedHead;
    final boolean dropout;

    ModelFamily(boolean gatedMlp, boolean rotary, boolean biases, boolean tiedHead, boolean dropout) {
        this.gatedMlp = gatedMlp;
        this.rotary = rotary;
        this.biases = biases;
        this.tiedHead = tiedHead;
        this.dropout = dropout;
    }

    /// Whether an MLP is four times as wide as the stream where nothing else is said.
    boolean fourfoldMlp() {
        return switch (this) {
            case GPT, BERT, RWKV -> true;
            case LLAMA, T5, MAMBA -> false;
        };
    }

    /// Whether blocks need no MLP.
    boolean needsNoMlp() {
        return this == MAMBA;
    }

    /// Whether blocks have a recurrence in place of attention.
    boolean recurs() {
        return this == RWKV || this == MAMBA;
    }

    /// Whether blocks may have one.
    boolean mayRecur() {
        return this != BERT && this != T5;
    }

    RelativePositions relativePositions() {
        return switch (this) {
            case GPT, LLAMA, BERT, RWKV, MAMBA -> RelativePositions.NONE;
            case T5 -> RelativePositions.BUCKETS;
        };
    }

    /// Learned positions of a model that has no others.
    int positions() {
        return switch (this) {
            case GPT -> 2048;
            case BERT -> 512;
            case LLAMA, T5, RWKV, MAMBA -> 0;
        };
    }
}
