// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import java.util.List;

/// The matrices among the parameters of a tensor rank, as optimizers see them that treat matrices apart.
///
/// @param counts of the parameters of a rank
public record WeightMatrices(ParameterCounts counts) {
    /// A matrix of a rank.
    ///
    /// @param splitRows whether the tensor group splits its rows; else its columns
    public record Matrix(String name, long rows, long columns, boolean splitRows) {
        public double elements() {
            return (double) rows * columns;
        }

        /// What the tensor group holds together.
        public Matrix whole(int tensor) {
            return new Matrix(
                    name, splitRows ? rows * tensor : rows, splitRows ? columns : columns * tensor, splitRows);
        }
    }

    /// Those of a layer: the inner ones are split along what they put out, the others along what they take in.
    public List<Matrix> layer() {
        long hidden = counts.model().hidden();
        return List.of(
                new Matrix("qkv", counts.queryKeyValue() / hidden, hidden, true),
                new Matrix("projection", hidden, counts.projection() / hidden, false),
                new Matrix("mlp up", counts.ffnInput() / hidden, hidden, true),
                new Matrix("mlp down", hidden, counts.ffnOutput() / hidden, false));
    }

    public double layerElements() {
        return layer().stream().mapToDouble(Matrix::elements).sum();
    }

    /// Embedding and head of a rank, with learned positions as part of the embedding.
    public List<Matrix> ends(boolean embedding, boolean head) {
        long hidden = counts.model().hidden();
        boolean ownHead = head && !(counts.model().tiedHead() && embedding);
        Matrix words = new Matrix("embedding", counts.embedding() / hidden, hidden, true);
        Matrix logits = new Matrix("head", counts.head() / hidden, hidden, true);
        return embedding ? ownHead ? List.of(words, logits) : List.of(words) : ownHead ? List.of(logits) : List.of();
    }

    /// Elements of each vector of a layer: norms and biases.
    public List<Long> layerVectors() {
        long hidden = counts.model().hidden();
        return counts.model().biases()
                ? List.of(
                        hidden,
                        hidden,
                        hidden,
                        hidden,
                        counts.queryKeyValueWidth(),
                        hidden,
                        counts.ffnInput() / hidden,
                        hidden)
                : List.of(hidden, hidden);
    }
}
