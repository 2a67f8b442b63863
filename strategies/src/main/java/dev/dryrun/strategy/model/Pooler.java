// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;

/// A square matrix with bias over the first token of a sequence, as encoders for classification have it; or nothing.
/// The heads of pre-training are no part of the model. Source: Devlin et al., 2018, arXiv:1810.04805, and its code.
///
/// @param hidden width of the residual stream
/// @param present false where the model ends with its last block
public record Pooler(long hidden, boolean present) implements Head {
    @Override
    public long parameters() {
        return present ? hidden * hidden + hidden : 0;
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        return present ? 2.0 * hidden * hidden : 0;
    }
}
