// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// ZB-H1 with twice the forward passes to fill the pipeline, and weight gradients twice as late.
///
///     bubble = (p - 1) (F + B - 2 W) for m >= 2 p - 1 and W <= F <= B,  in flight on every stage = min(2 p - 1, m)
///
/// p stages, m micro-batches; F, B and W the times of a stage's forward, input-gradient and weight-gradient pass. The
/// bubble is that of a stage from its first pass to its last: the last stage begins and ends (p - 1) F after the first
/// one, which is free for the next step meanwhile. Source: Qi et al., 2023, arXiv:2401.10241, section 2.2 and table 1.
public final class ZeroBubbleH2 implements PipelineSchedule {
    @Override
    public String name() {
        return "zb-h2";
    }

    @Override
    public @Nullable String problemWith(int stages, int chunks, int microBatches) {
        return PassOrder.problemWithSingleChunk(name(), stages, chunks, microBatches);
    }

    @Override
    public int[] order(int stage, int stages, int chunks, int microBatches) {
        PassOrder.require(this, stage, stages, chunks, microBatches);
        return PassOrder.zeroBubble(2 * (stages - 1 - stage), 2 * stage, microBatches);
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
