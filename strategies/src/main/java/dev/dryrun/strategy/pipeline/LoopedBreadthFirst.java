// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// All micro-batches forward through the first chunk, then all through the second and so on; backward the other way
/// round, last chunk and last micro-batch first. Gradients of a chunk are complete long before the step ends.
///
///     step = m (f + b) + (p - 1) (f + b) / v for m >= p,  in flight = v m chunks
///
/// p stages, v chunks, m micro-batches, f and b the times of a whole stage's forward and backward pass. Source:
/// Lamy-Poirier, 2022, arXiv:2211.05953, section 4.
public final class LoopedBreadthFirst implements PipelineSchedule {
    @Override
    public String name() {
        return "looped-bfs";
    }

    @Override
    public @Nullable String problemWith(int stages, int chunks, int microBatches) {
        return PassOrder.problemWithCounts(stages, chunks, microBatches);
    }

    @Override
    public int[] order(int stage, int stages, int chunks, int microBatches) {
        PassOrder.require(this, stage, stages, chunks, microBatches);
        int passes = Math.multiplyExact(microBatches, chunks);
        return PassOrder.oneForwardOneBackward(
                passes,
                passes,
                position -> Pass.forward(position / microBatches, position % microBatches),
                position -> Pass.backward(
                        chunks - 1 - position / microBatches, microBatches - 1 - position % microBatches));
    }

    @Override
    public boolean overlapsMessages() {
        return true;
    }
}
