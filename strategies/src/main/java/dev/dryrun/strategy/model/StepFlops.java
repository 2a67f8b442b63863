// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.recompute.Recompute;

/// Floating-point operations of a step, of its matrix products only, over all ranks; a multiply-add is two.
///
/// A sequence of s tokens, h hidden, q and k the widths of the query and of the key heads, F the MLP's width, u the
/// width its first matrix puts out, V the vocabulary:
///
///     layer, forward  = 2 s (h (q + 2k) + q h + h u + F h) + core
///     core            = 4 q s^2             every token sees every token
///                     = 4 q s (s + 1) / 2   causal, what has to be computed
///     logits, forward = 2 s V h
///     model FLOPs     = 3 (L layer + logits)        backward is two forwards
///     hardware FLOPs  = model FLOPs + L layer       full recomputation
///                     = model FLOPs + L core        selective recomputation
///
/// For q = k = h and F = u = 4h the layer is 24 s h^2 + 4 s^2 h, as in Narayanan et al., 2021, arXiv:2104.04473,
/// appendix.
///
/// @param model that is trained
/// @param vocabularyEntries over all tensor ranks, padded or not
/// @param sequenceLength tokens of a sequence
/// @param attention which products of attention count
public record StepFlops(TransformerModel model, long vocabularyEntries, long sequenceLength, AttentionCount attention) {
    /// Which query-key pairs count.
    public enum AttentionCount {
        /// All pairs, though half of them are masked: what materialised attention computes and most conventions count.
        FULL_SQUARE,
        /// The pairs that the mask leaves.
        CAUSAL
    }

    /// Counts with the vocabulary as it is padded for that tensor size.
    public static StepFlops padded(TransformerModel model, int tensor, long sequenceLength, AttentionCount attention) {
        return new StepFlops(model, model.paddedVocabulary(tensor), sequenceLength, attention);
    }

    /// Scores and weighted sum of one layer and sequence, forward.
    public double attentionCoreForward() {
        double pairs = switch (attention) {
            case FULL_SQUARE -> (double) sequenceLength * sequenceLength;
            case CAUSAL -> sequenceLength * (sequenceLength + 1.0) / 2;
        };
        return 4 * model.queryWidth() * pairs;
    }

    /// One layer and sequence, forward.
    public double layerForward() {
        var counts = new ParameterCounts(model, 1, vocabularyEntries);
        double weights = counts.queryKeyValue() + counts.projection() + counts.ffnInput() + (double) counts.ffnOutput();
        return 2.0 * sequenceLength * weights + attentionCoreForward();
    }

    /// Logits of one sequence, forward.
    public double headForward() {
        return 2.0 * sequenceLength * vocabularyEntries * model.hidden();
    }

    /// Forward and backward of a step, nothing computed twice.
    public double model(long globalBatch) {
        return 3 * globalBatch * (model.layers() * layerForward() + headForward());
    }

    /// Forward and backward of a step with what is computed again.
    public double hardware(long globalBatch, Recompute recompute) {
        double again = switch (recompute) {
            case NONE -> 0;
            case SELECTIVE -> attentionCoreForward();
            case FULL -> layerForward();
        };
        return model(globalBatch) + globalBatch * model.layers() * again;
    }
}
