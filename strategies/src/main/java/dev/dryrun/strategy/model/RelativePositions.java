// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// How attention learns how far apart two tokens are.
public enum RelativePositions {
    /// It does not: positions are learned for the embedding, rotary, or a fixed bias.
    NONE,
    /// A matrix in each layer makes keys from distances, which queries are held against as against the tokens' keys.
    /// Source: Dai et al., 2019, arXiv:1901.02860, section 3.3.
    MATRIX,
    /// Each head learns a bias for each range of distances, the same in all layers.
    /// Source: Raffel et al., 2020, arXiv:1910.10683, section 2.1.
    BUCKETS
}
