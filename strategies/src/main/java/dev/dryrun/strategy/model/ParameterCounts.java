// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import java.util.List;

/// Parameters that a rank holds, by part of the model.
///
/// A dense layer with h hidden, q and k the widths of the query and of the key heads, F the MLP's width, u the width
/// its first matrix puts out (F, or 2F gated), on t tensor ranks:
///
///     matrices = (h (q + 2k) + q h + h u + F h) / t
///     biases   = (q + 2k + u) / t + 2h,   norms = 2 (2h with bias, else h)
///
/// For q = k = h, F = u = 4h, t = 1 that is 12 h^2 + 13 h. Matrices split along their output split their bias too;
/// those split along their input, and norms, keep theirs on every rank. Source: Shoeybi et al., 2019, arXiv:1909.08053,
/// section 3; Narayanan et al., 2021, arXiv:2104.04473, eq. 2.
///
/// @param model whose parameters are counted
/// @param cut ranks that share a layer
/// @param vocabularyEntries rows of the embedding, over all tensor ranks
public record ParameterCounts(ModelArchitecture model, LayerCut cut, long vocabularyEntries) {
    /// Counts with the vocabulary padded as that tensor size needs.
    public ParameterCounts(ModelArchitecture model, LayerCut cut) {
        this(model, cut, model.paddedVocabulary(cut.tensor()));
    }

    /// One block of a group.
    public RankParameters block(int group) {
        return of(model.groups().get(group).steps(cut), freezes());
    }

    /// Whether nothing but adapters is trained.
    public boolean freezes() {
        return model.adapters().freeze();
    }

    /// Parameters of these steps.
    ///
    /// @param freezes whether nothing but adapters is trained
    public static RankParameters of(List<List<LayerStep>> sublayers, boolean freezes) {
        long dense = 0;
        long experts = 0;
        long adapters = 0;
        for (List<LayerStep> steps : sublayers) {
            for (LayerStep step : steps) {
                if (step instanceof LayerStep.MultiplyByExpert) {
                    experts += step.parameters();
                } else {
                    dense += step.parameters();
                    adapters += step.isAdapter() ? step.parameters() : 0;
                }
            }
        }
        return freezes
                ? new RankParameters(dense, experts, dense - adapters, experts)
                : new RankParameters(dense, experts);
    }

    /// Consecutive blocks, the first of which is counted from 0.
    public RankParameters blocks(int first, int count) {
        RankParameters sum = RankParameters.NONE;
        for (int block = first; block < first + count; block++) {
            sum = sum.plus(block(model.order().get(block)));
        }
        return sum;
    }

    /// Word embedding and learned positions; positions are on every rank.
    public long embedding() {
        Embedding embedding = model.embedding();
        return words() + (embedding.positions() + embedding.tokenTypes()) * embedding.hidden();
    }

    /// The norm behind the last block.
    public long finalNorm() {
        BlockGroup last = model.groups().getLast();
        return last.finalNorm() ? last.norm().parameters(last.hidden()) : 0;
    }

    /// The matrix that makes logits.
    public long head() {
        return words();
    }

    private long words() {
        return vocabularyEntries / cut.tensor() * model.hidden();
    }

    /// A module that predicts a further token, with its block; nothing where the model has none.
    public RankParameters predictionModule() {
        PredictionModules modules = model.prediction();
        return modules == null
                ? RankParameters.NONE
                : of(modules.joinSteps(), freezes()).plus(of(modules.block().steps(cut), freezes()));
    }

    /// What a rank holds beside its blocks (the final norm comes with the head). A tied head is a matrix of its own
    /// where its rank has no embedding.
    public long ends(boolean embedding, boolean head) {
        long sum = embedding ? embedding() : 0;
        if (head) {
            sum += finalNorm() + (model.tiedHead() && embedding ? 0 : head());
        }
        return sum;
    }

    /// The whole model on one rank.
    public RankParameters all() {
        return blocks(0, model.layers()).plus(RankParameters.dense((double) ends(true, true), freezes()));
    }
}
