// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// All forward passes, then all backward passes, last micro-batch first.
///
///     step = (m + p - 1) (f + b),  in flight = m
///
/// p stages, m micro-batches, f and b the times of a stage's forward and backward pass.
/// Source: Huang et al., 2018, arXiv:1811.06965, section 2.3.
public final class GPipe implements PipelineSchedule {
    @Override
    public String name() {
        return "gpipe";
    }

    @Override
    public @Nullable String problemWith(int stages, int chunks, int microBatches) {
        return PassOrder.problemWithSingleChunk(name(), stages, chunks, microBatches);
    }

    @Override
    public int[] order(int stage, int stages, int chunks, int microBatches) {
        PassOrder.require(this, stage, stages, chunks, microBatches);
        return PassOrder.oneForwardOneBackward(
                microBatches,
                microBatches,
                position -> Pass.forward(0, position),
                position -> Pass.backward(0, microBatches - 1 - position));
    }
}
