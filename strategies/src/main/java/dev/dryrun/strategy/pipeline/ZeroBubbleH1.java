// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// 1F1B whose backward passes are split: stage i computes weight gradients i micro-batches after the input gradients,
/// so that these come sooner to the stages before it, and fills the drain with those that are left.
///
///     bubble = (p - 1) (F + B - W) for m >= p and W <= F,  in flight on every stage = min(p, m)
///
/// p stages, m micro-batches; F, B and W the times of a stage's forward, input-gradient and weight-gradient pass. A
/// micro-batch is in flight until its weight gradients are there; from its input gradients on it holds less. Source: Qi
/// et al., 2023, arXiv:2401.10241, section 2.1 and table 1.
public final class ZeroBubbleH1 implements PipelineSchedule {
    @Override
    public String name() {
        return "zb-h1";
    }

    @Override
    public @Nullable String problemWith(int stages, int chunks, int microBatches) {
        return PassOrder.problemWithSingleChunk(name(), stages, chunks, microBatches);
    }

    @Override
    public int[] order(int stage, int stages, int chunks, int microBatches) {
        PassOrder.require(this, stage, stages, chunks, microBatches);
        return PassOrder.zeroBubble(stages - 1 - stage, stage, microBatches);
    }

    @Override
    public boolean overlapsMessages() {
        return true;
    }
}
