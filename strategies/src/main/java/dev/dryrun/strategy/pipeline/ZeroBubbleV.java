// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Two chunks a stage, placed as a V, and split backward passes: the stage that starts a micro-batch also ends it, so
/// that its first gradients come as soon as those of 1F1B with half its stages' activations in between.
///
///     bubble = 0 for F = B = W and m >= 2 p - 1,  in flight on every stage = 2 p chunks: p stages, as 1F1B's first
///
/// p stages, m micro-batches; F, B and W the times of a chunk's forward, input-gradient and weight-gradient pass. A
/// stage fills up with `2 (p - i) - 1` forwards of its first chunk, i of both and `p - i` rounds of its second alone,
/// then takes each micro-batch of both chunks in turn; at the end weight gradients wait where input gradients would be
/// late. Source: Qi et al., 2023, arXiv:2401.10241v2, section 6, and Qi et al., 2024, arXiv:2405.15362.
public final class ZeroBubbleV implements PipelineSchedule {
    @Override
    public String name() {
        return "zb-v";
    }

    @Override
    public BlockPlacement placement() {
        return BlockPlacement.FOLDED;
    }

    @Override
    public @Nullable String problemWith(int stages, int chunks, int microBatches) {
        return chunks == 2
                ? PassOrder.problemWithCounts(stages, chunks, microBatches)
                : "chunks must be 2 with schedule %s, not %d".formatted(name(), chunks);
    }

    @Override
    public int[] order(int stage, int stages, int chunks, int microBatches) {
        PassOrder.require(this, stage, stages, chunks, microBatches);
        int filling = Math.max(2 * stages - 1, microBatches);
        var order = new Order(filling);
        order.forwards(0, 2 * (stages - stage) - 1);
        for (int i = 0; i < stage; i++) {
            order.forwards(1, 1);
            order.forwards(0, 1);
        }
        for (int i = 0; i < stages - stage; i++) {
            order.forwards(1, 1);
            order.backward(1);
        }
        while (order.forwards[1] < filling) {
            if (order.forwards[0] < filling) {
                order.forwards(0, 1);
            }
            order.backward(0);
            order.forwards(1, 1);
            order.backward(1);
        }
        for (int i = 0; i < stage; i++) {
            order.inputGradient(0);
            order.inputGradient(1);
        }
        for (int i = 0; i < stages - stage; i++) {
            order.inputGradient(0);
            order.weightGradient(0);
        }
        order.remainingWeightGradients();
        return order.upTo(microBatches);
    }

    @Override
    public boolean overlapsMessages() {
        return true;
    }

    @Override
    public boolean stepsOverlap() {
        return true;
    }

    /// An order as it grows: how many micro-batches of each chunk have passed which way.
    private static final class Order {
        private final int[] passes;
        private final int[] forwards = new int[2];
        private final int[] inputs = new int[2];
        private final int[] weights = new int[2];
        private int size;

        Order(int microBatches) {
            passes = new int[6 * microBatches];
        }

        void forwards(int chunk, int count) {
            for (int i = 0; i < count; i++) {
                passes[size++] = Pass.forward(chunk, forwards[chunk]++);
            }
        }

        void inputGradient(int chunk) {
            passes[size++] = Pass.inputGradient(chunk, inputs[chunk]++);
        }

        void weightGradient(int chunk) {
            passes[size++] = Pass.weightGradient(chunk, weights[chunk]++);
        }

        void backward(int chunk) {
            inputGradient(chunk);
            weightGradient(chunk);
        }

        void remainingWeightGradients() {
            for (int chunk = 1; chunk >= 0; chunk--) {
                while (weights[chunk] < inputs[chunk]) {
                    weightGradient(chunk);
                }
            }
        }

        /// Without the micro-batches that only fill a pipeline that has too few.
        int[] upTo(int microBatches) {
            return IntStream.of(passes)
                    .limit(size)
                    .filter(pass -> Pass.microBatch(pass) < microBatches)
                    .toArray();
        }
    }
}
