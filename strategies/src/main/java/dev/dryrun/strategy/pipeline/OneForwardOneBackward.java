// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// One forward and one backward pass in turn, after `p - 1 - i` forwards on stage i to fill the pipeline.
///
///     step = (m + p - 1) (f + b),  bubble over ideal = (p - 1) / m,  in flight on stage i = min(p - i, m)
///
/// p stages, m micro-batches, f and b the times of a stage's forward and backward pass.
/// Source: Narayanan et al., 2021, arXiv:2104.04473, section 2.2.1 (PipeDream-Flush).
public final class OneForwardOneBackward implements PipelineSchedule {
    @Override
    public String name() {
        return "1f1b";
    }

    @Override
    public @Nullable String problemWith(int stages, int chunks, int microBatches) {
        return PassOrder.problemWithSingleChunk(name(), stages, chunks, microBatches);
    }

    @Override
    public int[] order(int stage, int stages, int chunks, int microBatches) {
        PassOrder.require(this, stage, stages, chunks, microBatches);
        return PassOrder.oneForwardOneBackward(
                stages - 1 - stage,
                microBatches,
                position -> Pass.forward(0, position),
                position -> Pass.backward(0, position));
    }
}
