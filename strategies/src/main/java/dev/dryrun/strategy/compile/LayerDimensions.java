// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.model.TransformerModel;

/// Sizes of one micro-batch in one layer on one rank.
///
/// @param tokens n, tokens of the micro-batch
/// @param sequences b, sequences of the micro-batch
/// @param length s, tokens of a sequence
/// @param tensor t, ranks that share a layer
/// @param sequenceParallel whether what lies between the matrix products is split over them, too
/// @param hidden h
/// @param heads query heads of this rank
/// @param headDimension d
/// @param queryWidth width of the queries of this rank
/// @param queryKeyValueWidth joint width of queries, keys and values of this rank
/// @param ffnWidth width of the MLP of this rank, per matrix
/// @param vocabularyWidth logits of this rank
record LayerDimensions(
        long tokens,
        long sequences,
        long length,
        int tensor,
        boolean sequenceParallel,
        long hidden,
        long heads,
        long headDimension,
        long queryWidth,
        long queryKeyValueWidth,
        long ffnWidth,
        long vocabularyWidth) {

    static LayerDimensions of(TransformerModel model, Training training, ParallelStrategy strategy) {
        int t = strategy.tensor();
        long d = model.headDimension();
        long keyValueHeads = Math.ceilDiv(model.keyValueHeads(), t);
        long heads = model.heads() / t;
        return new LayerDimensions(
                training.sequenceLength() * strategy.microBatch(),
                strategy.microBatch(),
                training.sequenceLength(),
                t,
                strategy.sequenceParallel(),
                model.hidden(),
                heads,
                d,
                heads * d,
                (heads + 2 * keyValueHeads) * d,
                model.ffnHidden() / t,
                model.paddedVocabulary(t) / t);
    }

    /// Elements of the residual stream that this rank's norms and additions handle.
    double residualElements() {
        return (double) tokens * hidden / (sequenceParallel ? tensor : 1);
    }

    /// Elements of the scores of materialised attention on this rank.
    double scoreElements() {
        return (double) sequences * heads * length * length;
    }
}
