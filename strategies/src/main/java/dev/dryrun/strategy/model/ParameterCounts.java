// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// Parameters that a tensor rank holds, by part of the model.
///
/// A layer with h hidden, q and k the widths of the query and of the key heads, F the MLP's width, u the width its
/// first matrix puts out (F, or 2F gated), on t tensor ranks:
///
///     matrices = (h (q + 2k) + q h + h u + F h) / t
///     biases   = (q + 2k + u) / t + 2h,   norms = 2 (2h with bias, else h)
///
/// For q = k = h, F = u = 4h, t = 1 that is 12 h^2 + 13 h. Matrices split along their output split their bias too;
/// those split along their input, and norms, keep theirs on every rank. Source: Shoeybi et al., 2019, arXiv:1909.08053,
/// section 3; Narayanan et al., 2021, arXiv:2104.04473, eq. 2.
///
/// @param model whose parameters are counted
/// @param tensor ranks that share the matrices
/// @param vocabularyEntries rows of the embedding, over all tensor ranks
public record ParameterCounts(TransformerModel model, int tensor, long vocabularyEntries) {
    public ParameterCounts {
        if (tensor < 1) {
            throw new IllegalArgumentException("tensor is " + tensor + "; it must be at least 1");
        }
    }

    /// Counts with the vocabulary padded as that tensor size needs.
    public ParameterCounts(TransformerModel model, int tensor) {
        this(model, tensor, model.paddedVocabulary(tensor));
    }

    public long layer() {
        return queryKeyValue() + projection() + ffnInput() + ffnOutput() + layerBiases() + 2 * norm();
    }

    /// The matrix that makes queries, keys and values.
    public long queryKeyValue() {
        return model.hidden() * queryKeyValueWidth();
    }

    /// The matrix after attention.
    public long projection() {
        return model.queryWidth() / tensor * model.hidden();
    }

    /// The first matrix of the MLP, gate included.
    public long ffnInput() {
        return model.hidden() * (model.ffnInputWidth() / tensor);
    }

    /// The second matrix of the MLP.
    public long ffnOutput() {
        return (long) model.ffnHidden() / tensor * model.hidden();
    }

    public long layerBiases() {
        return model.biases() ? queryKeyValueWidth() + model.ffnInputWidth() / tensor + 2L * model.hidden() : 0;
    }

    /// One norm: a scale, and a shift where the model has biases.
    public long norm() {
        return model.biases() ? 2L * model.hidden() : model.hidden();
    }

    /// Word embedding and learned positions; positions are on every rank.
    public long embedding() {
        return vocabularyEntries / tensor * model.hidden() + (long) model.positions() * model.hidden();
    }

    public long finalNorm() {
        return norm();
    }

    /// The matrix that makes logits.
    public long head() {
        return vocabularyEntries / tensor * model.hidden();
    }

    /// Parameters that a rank holds: so many layers, with or without embedding and head (the final norm comes with the
    /// head). A tied head is a matrix of its own where its rank has no embedding.
    public long ofRank(int layers, boolean embedding, boolean head) {
        long sum = layers * layer();
        if (embedding) {
            sum += embedding();
        }
        if (head) {
            sum += finalNorm() + (model.tiedHead() && embedding ? 0 : head());
        }
        return sum;
    }

    /// Width of queries, keys and values on a rank.
    public long queryKeyValueWidth() {
        return model.queryWidth() / tensor + 2L * model.keyValueHeadsOfRank(tensor) * model.headDimension();
    }
}
