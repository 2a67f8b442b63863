// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.strategy.job.Recompute;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.model.TransformerModel;

/// What a published FLOP rate counts. Attention is counted in full, not causal, by both.
///
///     model     6 B s (L (2h^2 (1 + k/a) + m h F) + V h) + 12 B s^2 L h
///     hardware  model + the forward pass that is recomputed
///
/// B is `globalBatch`, s `sequenceLength`, L `layers`, h `hidden`, a `heads`, k `keyValueHeads`, F `ffnHidden`, m 2 or
/// 3 matrices, V `vocabulary`. With F = 4h, k = a and full recomputation the second is 96 B s L h^2 (1 + s/6h +
/// V/16Lh). The head is never recomputed.
///
/// Source: Narayanan et al., 2021, arXiv:2104.04473, equation 3; recomputation by Korthikanti et al., 2022,
/// arXiv:2205.05198, appendix A.
enum FlopConvention {
    MODEL,
    HARDWARE;

    /// FLOPs of one step of all GPUs together.
    double flopsPerStep(TransformerModel model, Training training, Recompute recompute) {
        double tokens = training.tokensPerStep();
        double matrices = model.gatedMlp() ? 3 : 2;
        double keyValueShare = (double) model.keyValueHeads() / model.heads();
        double weights = model.hidden() * (2.0 * model.hidden() * (1 + keyValueShare) + matrices * model.ffnHidden());
        double attention = 4.0 * tokens * training.sequenceLength() * model.layers() * model.hidden();
        double layers = 2.0 * tokens * model.layers() * weights;
        double head = 2.0 * tokens * model.vocabulary() * model.hidden();
        double pass = layers + attention + head;
        return switch (this) {
            case MODEL -> 3 * pass;
            case HARDWARE ->
                switch (recompute) {
                    case NONE -> 3 * pass;
                    case SELECTIVE -> 3 * pass + attention;
                    case FULL -> 3 * pass + layers + attention;
                };
        };
    }
}
