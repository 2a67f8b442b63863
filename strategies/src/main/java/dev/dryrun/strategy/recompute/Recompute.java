// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.recompute;

/// Which activations are dropped in the forward pass and computed again in the backward pass.
/// Source: Korthikanti et al., 2022, arXiv:2205.05198, section 5.
public enum Recompute {
    /// Everything is kept.
    NONE,
    /// The attention core (scores, softmax, dropout, weighted sum) is computed again.
    SELECTIVE,
    /// Only the input of each layer is kept and the layer's forward pass runs again.
    FULL
}
