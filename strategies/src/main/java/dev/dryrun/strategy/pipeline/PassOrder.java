// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// Merges the forward and the backward order of a stage: some forwards to warm up, then one forward and one backward in
/// turn, then the remaining backwards.
final class PassOrder {
    /// The pass at a position of one direction's order, as a code.
    @FunctionalInterface
    interface Sequence {
        int passAt(int position);
    }

    private PassOrder() {}

    static int[] oneForwardOneBackward(int warmUp, int passes, Sequence forward, Sequence backward) {
        int[] order = new int[2 * passes];
        int next = 0;
        int ahead = Math.min(warmUp, passes);
        for (int position = 0; position < ahead; position++) {
            order[next++] = forward.passAt(position);
        }
        for (int position = 0; position < passes; position++) {
            if (ahead + position < passes) {
                order[next++] = forward.passAt(ahead + position);
            }
            order[next++] = backward.passAt(position);
        }
        return order;
    }

    /// The same for one chunk with split backward passes: the weight gradients of a micro-batch come so many
    /// micro-batches after its input gradients, the last ones when all else is done.
    static int[] zeroBubble(int warmUp, int delay, int microBatches) {
        int[] order = new int[3 * microBatches];
        int next = 0;
        int ahead = Math.min(warmUp, microBatches);
        for (int microBatch = 0; microBatch < ahead; microBatch++) {
            order[next++] = Pass.forward(0, microBatch);
        }
        for (int microBatch = 0; microBatch < microBatches + delay; microBatch++) {
            if (ahead + microBatch < microBatches) {
                order[next++] = Pass.forward(0, ahead + microBatch);
            }
            if (microBatch < microBatches) {
                order[next++] = Pass.inputGradient(0, microBatch);
            }
            if (microBatch >= delay) {
                order[next++] = Pass.weightGradient(0, microBatch - delay);
            }
        }
        return order;
    }

    /// Checks that hold for every schedule.
    static @Nullable String problemWithCounts(int stages, int chunks, int microBatches) {
        if (stages < 1 || chunks < 1 || microBatches < 1) {
            return "stages, chunks and micro-batches must be at least 1";
        }
        if (chunks >= Pass.CHUNK_LIMIT || microBatches >= Pass.MICRO_BATCH_LIMIT) {
            return "chunks must be below %d and micro-batches below %d"
                    .formatted(Pass.CHUNK_LIMIT, Pass.MICRO_BATCH_LIMIT);
        }
        return null;
    }

    static @Nullable String problemWithSingleChunk(String schedule, int stages, int chunks, int microBatches) {
        if (chunks > 1) {
            return "chunks must be 1 with schedule %s, not %d".formatted(schedule, chunks);
        }
        return problemWithCounts(stages, chunks, microBatches);
    }

    static void require(PipelineSchedule schedule, int stage, int stages, int chunks, int microBatches) {
        String problem = schedule.problemWith(stages, chunks, microBatches);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        if (stage < 0 || stage >= stages) {
            throw new IllegalArgumentException("stage is " + stage + "; it must be at least 0, below " + stages);
        }
    }
}
