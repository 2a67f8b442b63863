// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// Ranks that share the matrices of a layer.
///
/// @param tensor ranks that share attention and dense MLPs
/// @param expert ranks that deal out the experts
/// @param expertTensor ranks that share the matrices of an expert
public record LayerCut(int tensor, int expert, int expertTensor) {
    /// A layer of one rank.
    public static final LayerCut NONE = new LayerCut(1, 1, 1);

    public LayerCut {
        if (tensor < 1 || expert < 1 || expertTensor < 1) {
            throw new IllegalArgumentException("tensor is %d, expert %d and expertTensor %d; each must be at least 1"
                    .formatted(tensor, expert, expertTensor));
        }
    }

    /// A layer without experts.
    public static LayerCut dense(int tensor) {
        return new LayerCut(tensor, 1, 1);
    }
}
