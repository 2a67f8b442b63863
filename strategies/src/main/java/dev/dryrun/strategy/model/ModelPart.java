// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;

/// Something of a model that has weights: the embedding, a group of blocks, what is in a block, the head.
public sealed interface ModelPart permits Embedding, BlockGroup, Sublayer, Head, PredictionModules {
    /// Parameters that are trained.
    long parameters();

    /// Those of them that take part in the work for one token.
    default long activeParameters() {
        return parameters();
    }

    /// Floating-point operations of the matrix products of a forward pass over one sequence; a multiply-add is two.
    double forwardFlops(long sequenceLength, AttentionCount count);

    /// Elements that generating a text keeps for each token of it, keys and values together.
    default long keyValueElements() {
        return 0;
    }
}
