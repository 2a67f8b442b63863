// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// DualPipe cut in half: instead of micro-batches from both ends through two copies of the model, each goes down the
/// first chunks and up the second ones of a V, and a stage runs the forward pass of one chunk and the backward pass of
/// the other in pairs.
///
///     bubble = (p - 1) (F&B + b - 3 W) with F&B = F + b,  in flight = 2 p + 1 chunks at most
///
/// p stages, at least 2 p micro-batches; F, b and W the times of a chunk's forward, whole backward and weight-gradient
/// pass; with PP = 2 p that is DualPipe's (PP / 2 - 1) (F&B + b - 3 W) and PP + 1. The passes of a pair run one after
/// the other: what overlaps within it (expert communication beside products) is not simulated. Source: DeepSeek-AI,
/// 2024, arXiv:2412.19437, section 3.2.1 and table 2; phases as in the DualPipe repository (unverified).
public final class DualPipeV implements PipelineSchedule {
    @Override
    public String name() {
        return "dualpipe-v";
    }

    @Override
    public BlockPlacement placement() {
        return BlockPlacement.FOLDED;
    }

    @Override
    public @Nullable String problemWith(int stages, int chunks, int microBatches) {
        if (chunks != 2) {
            return "chunks must be 2 with schedule %s, not %d".formatted(name(), chunks);
        }
        if (microBatches < 2L * stages) {
            return "micro-batches must be at least twice the %d stages with schedule %s, not %d"
                    .formatted(stages, name(), microBatches);
        }
        return PassOrder.problemWithCounts(stages, chunks, microBatches);
    }

    @Override
    public int[] order(int stage, int stages, int chunks, int microBatches) {
        PassOrder.require(this, stage, stages, chunks, microBatches);
        int after = stages - 1 - stage;
        var order = new TwoChunkOrder(microBatches);
        fill(order, stage, after);
        for (int i = 0; i < microBatches - 2 * stages + stage + 1; i++) {
            order.forward(0);
            order.wholeBackward(1);
            order.forward(1);
            order.wholeBackward(0);
        }
        for (int i = 0; i < after; i++) {
            order.wholeBackward(1);
            order.forward(1);
            order.wholeBackward(0);
        }
        drain(order, stage, after);
        return order.upTo(microBatches);
    }

    private static void fill(TwoChunkOrder order, int stage, int after) {
        for (int i = 0; i < 2 * after; i++) {
            order.forward(0);
        }
        for (int i = 0; i <= stage; i++) {
            order.forward(0);
            order.forward(1);
        }
        for (int i = 0; i < after; i++) {
            order.splitBackward(1);
            order.forward(1);
        }
    }

    /// In the second half of the last backward passes, weight gradients wait, to be made where stages would idle.
    private static void drain(TwoChunkOrder order, int stage, int after) {
        int backwards = 2 * (stage + 1);
        for (int i = 0; i < backwards; i++) {
            int chunk = i % 2 == 0 ? 1 : 0;
            if (i < stage + 1) {
                order.wholeBackward(chunk);
            } else {
                order.inputGradient(chunk);
            }
        }
        for (int i = 0; i < after; i++) {
            order.weightGradient();
            order.inputGradient(0);
        }
        order.remainingWeightGradients();
    }

    @Override
    public boolean overlapsMessages() {
        return true;
    }

    @Override
    public boolean stepsOverlap() {
        return true;
    }

    @Override
    public boolean runsInPairs() {
        return true;
    }
}
