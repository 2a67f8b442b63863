// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The trained matrices among the parameters of a tensor rank, as optimizers see them that treat matrices apart.
///
/// @param counts of the parameters of a rank
public record WeightMatrices(ParameterCounts counts) {
    /// A matrix of a rank.
    ///
    /// @param splitRows whether the ranks that share it split its rows; else its columns
    /// @param ranks that share it
    /// @param ofExpert whether it is an expert's
    public record Matrix(String name, long rows, long columns, boolean splitRows, int ranks, boolean ofExpert) {
        public double elements() {
            return (double) rows * columns;
        }

        /// What the ranks that share it hold together.
        public Matrix whole() {
            return new Matrix(
                    name,
                    splitRows ? rows * ranks : rows,
                    splitRows ? columns : columns * ranks,
                    splitRows,
                    1,
                    ofExpert);
        }
    }

    /// Those of a block of a group: the inner ones are split along what they put out, the others along what they take
    /// in.
    public List<Matrix> block(int group) {
        List<Matrix> matrices = new ArrayList<>();
        steps(group).forEach(step -> addMatrices(matrices, step));
        return matrices;
    }

    private List<LayerStep> steps(int group) {
        return counts.model().groups().get(group).steps(counts.cut()).stream()
                .flatMap(List::stream)
                .filter(step -> !counts.freezes() || step.isAdapter())
                .toList();
    }

    private void addMatrices(List<Matrix> matrices, LayerStep step) {
        LayerCut cut = counts.cut();
        if (step instanceof LayerStep.Multiply of) {
            int ranks = of.split() == LayerStep.Split.NONE ? 1 : cut.tensor();
            boolean rows = of.split() != LayerStep.Split.ROWS;
            matrices.add(new Matrix(of.name(), of.outputs(), of.inputs(), rows, ranks, false));
        } else if (step instanceof LayerStep.MultiplyByExpert of) {
            boolean rows = of.split() != LayerStep.Split.ROWS;
            var matrix = new Matrix(of.name(), of.outputs(), of.inputs(), rows, cut.expertTensor(), true);
            matrices.addAll(Collections.nCopies(of.copies().expertsOfRank(), matrix));
        } else if (step instanceof LayerStep.Route of) {
            matrices.add(new Matrix("router", of.copies().experts(), of.hidden(), true, 1, false));
        }
    }

    /// Those of all these blocks.
    public List<Matrix> of(List<Integer> groups) {
        return groups.stream().flatMap(group -> block(group).stream()).toList();
    }

    public double elements(List<Integer> groups) {
        double sum = 0;
        for (int group : groups) {
            sum += block(group).stream().mapToDouble(Matrix::elements).sum();
        }
        return sum;
    }

    /// Embedding and head of a rank, with learned positions as part of the embedding.
    public List<Matrix> ends(boolean embedding, boolean head) {
        if (counts.freezes()) {
            return List.of();
        }
        long hidden = counts.model().hidden();
        boolean ownHead = head && !(counts.model().tiedHead() && embedding);
        Matrix words = new Matrix(
                "embedding",
                counts.embedding() / hidden,
                hidden,
                true,
                counts.cut().tensor(),
                false);
        Matrix logits = new Matrix(
                "head", counts.head() / hidden, hidden, true, counts.cut().tensor(), false);
        return embedding ? ownHead ? List.of(words, logits) : List.of(words) : ownHead ? List.of(logits) : List.of();
    }

    /// Elements of each vector of a block: norms and biases.
    public List<Long> blockVectors(int group) {
        List<Long> vectors = new ArrayList<>();
        for (LayerStep step : steps(group)) {
            long elements = switch (step) {
                case LayerStep.Normalise norm -> norm.parameters();
                case LayerStep.Multiply product -> product.biases();
                case LayerStep.MultiplyByExpert product ->
                    product.biases() * product.copies().expertsOfRank();
                case LayerStep.Recur recur -> recur.parameters();
                case LayerStep.Route route ->
                    route.parameters() - route.hidden() * route.copies().experts();
                case LayerStep ignored -> 0;
            };
            boolean shifts = step instanceof LayerStep.Normalise norm && elements == 2 * norm.width();
            if (shifts) {
                vectors.add(elements / 2);
                vectors.add(elements / 2);
            } else if (elements > 0) {
                vectors.add(elements);
            }
        }
        return vectors;
    }
}
