// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// Two chunks a stage, placed as a V, and split backward passes: the stage that starts a micro-batch also ends it, so
/// that its first gradients come as soon as those of 1F1B with half its stages' activations in between.
///
///     bubble = 0 for F = B = W and m >= 2 p - 1,  in flight on every stage = 2 p chunks: p stages, as 1F1B's first
///
/// p stages, m micro-batches; F, B and W the times of a chunk's forward, input-gradient and weight-gradient pass. A
/// stage fills up with `2 (p - i) - 1` forwards of its first chunk, i of both and `p - i` rounds of its second alone,
/// then takes each micro-batch of both chunks in turn; at the end weight gradients wait where input gradients would be
/// late (this order is unverified; bubble and memory are the papers'). Source: Qi et al., 2023, arXiv:2401.10241v2,
/// section 6, and Qi et al., 2024, arXiv:2405.15362.
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
        var order = new TwoChunkOrder(filling);
        for (int i = 0; i < 2 * (stages - stage) - 1; i++) {
            order.forward(0);
        }
        for (int i = 0; i < stage; i++) {
            order.forward(1);
            order.forward(0);
        }
        for (int i = 0; i < stages - stage; i++) {
            order.forward(1);
            order.splitBackward(1);
        }
        while (order.forwards(1) < filling) {
            if (order.forwards(0) < filling) {
                order.forward(0);
            }
            order.splitBackward(0);
            order.forward(1);
            order.splitBackward(1);
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
}
