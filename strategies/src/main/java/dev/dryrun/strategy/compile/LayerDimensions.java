// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.model.ModelArchitecture;

/// Sizes of one micro-batch on one rank.
///
/// @param tokens n, tokens of the micro-batch that this rank has: 1/c of them where c ranks share a sequence
/// @param sequences b, sequences of the micro-batch
/// @param length s, tokens of a sequence
/// @param context c, ranks that share the tokens of a sequence
/// @param tensor t, ranks that share a layer
/// @param sequenceParallel whether what lies between the matrix products is split over them, too
/// @param hidden h
/// @param vocabularyWidth logits of this rank
/// @param pairShare of the pairs of query and key of whole sequences that packed documents leave
record LayerDimensions(
        long tokens,
        long sequences,
        long length,
        int context,
        int tensor,
        boolean sequenceParallel,
        long hidden,
        long vocabularyWidth,
        double pairShare) {

    static LayerDimensions of(ModelArchitecture model, Training training, ParallelStrategy strategy, double pairShare) {
        int t = strategy.tensor();
        return new LayerDimensions(
                training.sequenceLength() * strategy.microBatch() / strategy.context(),
                strategy.microBatch(),
                training.sequenceLength(),
                strategy.context(),
                t,
                strategy.sequenceParallel(),
                model.hidden(),
                model.paddedVocabulary(t) / t,
                pairShare);
    }

    /// Ranks of a tensor group that have the tokens of the residual stream by turns.
    int residualRanks() {
        return sequenceParallel ? tensor : 1;
    }

    /// Elements of a tensor of that width on the residual stream that this rank handles.
    double residualElements(long width) {
        return (double) tokens * width / residualRanks();
    }

    /// Elements of the residual stream that this rank's norms and additions handle.
    double residualElements() {
        return residualElements(hidden);
    }
}
