// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

/// A dimension of the grid in which ranks stand.
public enum Dimension {
    /// Ranks that share the matrices of a layer.
    TENSOR,
    /// Ranks that share the tokens of a sequence.
    CONTEXT,
    /// Ranks that share the experts of a layer. They are no ranks of their own: experts are dealt out over the ranks of
    /// tensor, context and data.
    EXPERT,
    /// Replicas.
    DATA,
    /// Stages.
    PIPELINE
}
