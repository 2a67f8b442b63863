// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// A line of models; it says what a file need not.
enum ModelFamily {
    /// Biases, learned positions, an MLP of width 4h, the head tied to the embedding, dropout.
    /// Source: Radford et al., 2019 (GPT-2); Shoeybi et al., 2019, arXiv:1909.08053.
    GPT(false, false, true, true, true),
    /// Gate, rotary positions, a head of its own, no biases, no dropout.
    /// Source: Touvron et al., 2023, arXiv:2302.13971, section 2.2.
    LLAMA(true, true, false, false, false);

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
}
