// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The grid in which the ranks of a job stand: how many there are along each dimension, and in which order they are
/// counted. The first dimension of the order is the fastest: its ranks are neighbours.
///
///     rank = sum over dimensions of place * stride,   stride = product of the sizes of all faster dimensions
///
/// The weights of experts lie in a second grid over the same ranks: `expertTensor` in the place of tensor, `expert`,
/// and `expertData` = tensor * context * data / (expert * expertTensor) in the place of data, in the same order;
/// context has no place in it. Both grids have the same stages. Source: Megatron-Core, `parallel_state.RankGenerator`,
/// whose order is `tp-cp-ep-dp-pp` unless said otherwise.
///
/// @param tensor ranks that share the matrices of a layer
/// @param context ranks that share the tokens of a sequence
/// @param stages pipeline stages
/// @param data replicas
/// @param expert ranks over which the experts of a layer are dealt out
/// @param expertTensor ranks that share the matrices of an expert
/// @param order all dimensions, the fastest first
public record RankGrid(
        int tensor, int context, int stages, int data, int expert, int expertTensor, List<Dimension> order) {
    /// Tensor groups on neighbours, stages farthest apart.
    public static final List<Dimension> USUAL =
            List.of(Dimension.TENSOR, Dimension.CONTEXT, Dimension.EXPERT, Dimension.DATA, Dimension.PIPELINE);

    public RankGrid(
            int tensor, int context, int stages, int data, int expert, int expertTensor, List<Dimension> order) {
        this.tensor = require("tensor", tensor);
        this.context = require("context", context);
        this.stages = require("stages", stages);
        this.data = require("data", data);
        this.expert = require("expert", expert);
        this.expertTensor = require("expertTensor", expertTensor);
        this.order = List.copyOf(order);
        if (order.size() != USUAL.size() || !EnumSet.copyOf(order).equals(EnumSet.allOf(Dimension.class))) {
            throw new IllegalArgumentException("order is " + order + "; it must name each dimension once");
        }
        String problem = problemWithExperts(expert, expertTensor);
        if (problem != null) {
            throw new IllegalArgumentException(
                    "expert x expertTensor is " + expert + " x " + expertTensor + "; it " + problem);
        }
    }

    private static int require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
        }
        return value;
    }

    /// A grid without context and experts in the usual order.
    public static RankGrid of(int tensor, int stages, int data) {
        return new RankGrid(tensor, 1, stages, data, 1, tensor, USUAL);
    }

    public RankGrid withContext(int ranks) {
        return new RankGrid(tensor, ranks, stages, data, expert, expertTensor, order);
    }

    /// The same with experts over so many ranks, each over `ofEach`.
    public RankGrid withExperts(int ranks, int ofEach) {
        return new RankGrid(tensor, context, stages, data, ranks, ofEach, order);
    }

    public RankGrid inOrder(List<Dimension> other) {
        return new RankGrid(tensor, context, stages, data, expert, expertTensor, other);
    }

    /// Why experts cannot be dealt out over so many ranks, each over `ofEach`, or null where they can: they fill the
    /// ranks of each stage, and stages are the same ranks for them.
    public @Nullable String problemWithExperts(int ranks, int ofEach) {
        if (ranks == 1 && ofEach == tensor) {
            return null;
        }
        long together = (long) ranks * ofEach;
        if (ranksOfStage() % together != 0) {
            return "must divide the %d ranks of a stage (tensor x context x data)".formatted(ranksOfStage());
        }
        long ahead = before(Dimension.PIPELINE, sizes());
        long aheadForExperts = before(Dimension.PIPELINE, sizesForExperts(ranks, ofEach));
        return stages == 1 || ahead == aheadForExperts
                ? null
                : "must leave stages where they are: ahead of pipeline, %d ranks are counted, and for experts %d"
                        .formatted(ahead, aheadForExperts);
    }

    private long[] sizes() {
        return new long[] {tensor, context, 1, data, stages};
    }

    private long[] sizesForExperts(int ranks, int ofEach) {
        return new long[] {ofEach, 1, ranks, ranksOfStage() / ((long) ranks * ofEach), stages};
    }

    /// Product of the sizes ahead of a dimension.
    private long before(Dimension dimension, long[] sizes) {
        long product = 1;
        for (Dimension faster : order.subList(0, order.indexOf(dimension))) {
            product *= sizes[faster.ordinal()];
        }
        return product;
    }

    public long ranks() {
        return ranksOfStage() * stages;
    }

    /// Ranks that hold the same layers.
    public long ranksOfStage() {
        return (long) tensor * context * data;
    }

    public int stageOf(int rank) {
        return axes(Dimension.PIPELINE).getFirst().placeOf(rank);
    }

    public int replicaOf(int rank) {
        return axes(Dimension.DATA).getFirst().placeOf(rank);
    }

    /// Ranks that hold the same weights, those of experts apart: replicas, and ranks that share the tokens of one.
    public int copies() {
        return Math.multiplyExact(context, data);
    }

    /// Ranks that hold the same experts.
    public int expertData() {
        return Math.toIntExact(ranksOfStage() / ((long) expert * expertTensor));
    }

    /// Whether experts lie on ranks otherwise than all other weights.
    public boolean placesExpertsApart() {
        return expert > 1 || expertTensor != tensor;
    }

    /// The axes of some dimensions, the fastest first.
    List<Axis> axes(Dimension... dimensions) {
        return axes(sizes(), List.of(dimensions));
    }

    /// The same in the grid of experts.
    List<Axis> expertAxes(Dimension... dimensions) {
        return axes(sizesForExperts(expert, expertTensor), List.of(dimensions));
    }

    private List<Axis> axes(long[] sizes, List<Dimension> dimensions) {
        List<Axis> axes = new ArrayList<>();
        for (Dimension dimension : order) {
            if (dimensions.contains(dimension)) {
                int stride = Math.toIntExact(before(dimension, sizes));
                axes.add(new Axis(Math.toIntExact(sizes[dimension.ordinal()]), stride));
            }
        }
        return axes;
    }
}
