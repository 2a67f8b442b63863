// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// A norm: a scale for each element of a token, and, with biases (LayerNorm as against RMSNorm), a shift.
///
/// @param biases whether there is a shift
public record Norm(boolean biases) {
    /// Parameters of a norm over that many elements.
    public long parameters(long width) {
        return biases ? 2 * width : width;
    }
}
