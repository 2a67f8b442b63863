// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import dev.dryrun.strategy.model.DenseFeedForward;
import dev.dryrun.strategy.model.Embedding;
import dev.dryrun.strategy.model.ExpertFeedForward;
import dev.dryrun.strategy.model.GroupedQueryAttention;
import dev.dryrun.strategy.model.Norm;
import dev.dryrun.validation.minitrainer.weights.WeightShape;
import dev.dryrun.validation.minitrainer.weights.WeightShape.Initial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The tensors of a model, and how a tensor group cuts them.
///
/// Matrices begin normal with deviation 0.02, those that add to the residual stream with 0.02 / sqrt(2 layers)
/// (Radford et al., 2019, section 2.3).
///
/// @param layers of the model
/// @param sequenceParallel whether ranks of a tensor group see different tokens outside of the split matrices
/// @param tensor ranks of the group
public record Shapes(int layers, boolean sequenceParallel, int tensor) {
    private static final double DEVIATION = 0.02;
    private static final Initial USUAL = new Initial.Normal(DEVIATION);
    private static final Initial ONE = new Initial.Constant(1);
    private static final Initial ZERO = new Initial.Constant(0);

    private Initial residual() {
        return new Initial.Normal(DEVIATION / Math.sqrt(2.0 * layers));
    }

    static String name(int layer, String part) {
        return "layer." + layer + "." + part;
    }

    /// The table of words; a head that is tied to it multiplies by it.
    public List<WeightShape> table(Embedding embedding, long paddedVocabulary) {
        return List.of(vocabulary("table", embedding.vocabulary(), embedding.hidden(), paddedVocabulary));
    }

    /// The head's own matrix.
    public List<WeightShape> head(Embedding embedding, long paddedVocabulary) {
        return List.of(vocabulary("head", embedding.vocabulary(), embedding.hidden(), paddedVocabulary));
    }

    private static WeightShape vocabulary(String name, long rows, long hidden, long padded) {
        return WeightShape.cut(name, USUAL, 0, List.of(rows), rows, hidden).paddedTo(padded);
    }

    /// Learned positions.
    public List<WeightShape> positions(Embedding embedding) {
        return List.of(
                WeightShape.whole("positions", USUAL, sequenceParallel, embedding.positions(), embedding.hidden()));
    }

    /// A norm.
    public List<WeightShape> norm(String name, Norm norm, long hidden) {
        List<WeightShape> shapes = new ArrayList<>();
        shapes.add(WeightShape.whole(name + ".scale", ONE, sequenceParallel, hidden));
        if (norm.biases()) {
            shapes.add(WeightShape.whole(name + ".shift", ZERO, sequenceParallel, hidden));
        }
        return shapes;
    }

    List<WeightShape> attention(int layer, GroupedQueryAttention attention) {
        long queries = (long) attention.heads() * attention.headDimension();
        long keys = (long) attention.keyValueHeads() * attention.headDimension();
        long hidden = attention.hidden();
        List<Long> parts = List.of(queries, keys, keys);
        List<WeightShape> shapes = new ArrayList<>();
        shapes.add(WeightShape.cut(name(layer, "qkv"), USUAL, 0, parts, queries + 2 * keys, hidden));
        if (attention.queryKeyValueBiases()) {
            shapes.add(WeightShape.cut(name(layer, "qkv.bias"), ZERO, 0, parts, queries + 2 * keys));
        }
        shapes.add(WeightShape.cut(name(layer, "projection"), residual(), 1, List.of(queries), hidden, queries));
        if (attention.outputBias()) {
            shapes.add(WeightShape.whole(name(layer, "projection.bias"), ZERO, sequenceParallel, hidden));
        }
        return shapes;
    }

    List<WeightShape> mlp(int layer, DenseFeedForward mlp) {
        List<Long> parts = Collections.nCopies(mlp.gated() ? 2 : 1, mlp.ffnHidden());
        long up = parts.size() * mlp.ffnHidden();
        List<WeightShape> shapes = new ArrayList<>();
        shapes.add(WeightShape.cut(name(layer, "up"), USUAL, 0, parts, up, mlp.hidden()));
        if (mlp.biases()) {
            shapes.add(WeightShape.cut(name(layer, "up.bias"), ZERO, 0, parts, up));
        }
        List<Long> inner = List.of(mlp.ffnHidden());
        shapes.add(WeightShape.cut(name(layer, "down"), residual(), 1, inner, mlp.hidden(), mlp.ffnHidden()));
        if (mlp.biases()) {
            shapes.add(WeightShape.whole(name(layer, "down.bias"), ZERO, sequenceParallel, mlp.hidden()));
        }
        return shapes;
    }

    /// Every rank of a tensor group routes all tokens, but sees a part of what the experts make of them.
    List<WeightShape> experts(int layer, ExpertFeedForward experts) {
        DenseFeedForward one = experts.expert();
        List<Long> parts = Collections.nCopies(one.gated() ? 2 : 1, one.ffnHidden());
        long up = parts.size() * one.ffnHidden();
        long count = experts.count();
        List<Long> inner = List.of(one.ffnHidden());
        return List.of(
                WeightShape.whole(name(layer, "router"), USUAL, tensor > 1, count, one.hidden()),
                WeightShape.cut(name(layer, "experts.up"), USUAL, 1, parts, count, up, one.hidden()),
                WeightShape.cut(
                        name(layer, "experts.down"), residual(), 2, inner, count, one.hidden(), one.ffnHidden()));
    }
}
