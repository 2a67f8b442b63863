// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// One forward and one backward pass in turn over several model chunks of a stage, depth first: groups of p
/// micro-batches visit chunk 0, then chunk 1 and so on, before the next group starts.
///
///     step = m (f + b) + (p - 1) (f + b) / v,  bubble over ideal = (p - 1) / (v m)
///     warm-up of stage i = 2 (p - 1 - i) + (v - 1) p chunk passes, one more than that in flight
///
/// p stages, v chunks, m micro-batches (a multiple of p), f and b the times of a whole stage's forward and backward
/// pass. Where m = p all forwards run first, as in Megatron-LM: the step takes as long and stage 0 holds as much, and stages that
/// exchange in pairs would else wait for each other in a circle. Source: Narayanan et al., 2021, arXiv:2104.04473, section 2.2.2; warm-up as in Megatron-LM's
/// `schedules.py`.
public final class InterleavedOneForwardOneBackward implements PipelineSchedule {
    @Override
    public String name() {
        return "interleaved-1f1b";
    }

    @Override
    public @Nullable String problemWith(int stages, int chunks, int microBatches) {
        if (stages < 2) {
            return "stages must be at least 2 with schedule %s, not %d".formatted(name(), stages);
        }
        if (chunks < 2) {
            return "chunks must be at least 2 with schedule %s (1 chunk is schedule 1f1b), not %d"
                    .formatted(name(), chunks);
        }
        if (microBatches % stages != 0) {
            return "micro-batches must be a multiple of the %d stages with schedule %s, not %d"
                    .formatted(stages, name(), microBatches);
        }
        return PassOrder.problemWithCounts(stages, chunks, microBatches);
    }

    @Override
    public int[] order(int stage, int stages, int chunks, int microBatches) {
        PassOrder.require(this, stage, stages, chunks, microBatches);
        int warmUp = microBatches == stages
                ? microBatches * chunks
                : 2 * (stages - 1 - stage) + (chunks - 1) * stages;
        return PassOrder.oneForwardOneBackward(
                warmUp,
                Math.multiplyExact(microBatches, chunks),
                position -> Pass.forward(chunkAt(position, stages, chunks), microBatchAt(position, stages, chunks)),
                position -> Pass.backward(
                        chunks - 1 - chunkAt(position, stages, chunks), microBatchAt(position, stages, chunks)));
    }

    private static int chunkAt(int position, int stages, int chunks) {
        return position % (stages * chunks) / stages;
    }

    private static int microBatchAt(int position, int stages, int chunks) {
        return position / (stages * chunks) * stages + position % stages;
    }

    @Override
    public boolean exchangesInPairs(int stages, int chunks, int microBatches) {
        return microBatches != stages;
    }
}
