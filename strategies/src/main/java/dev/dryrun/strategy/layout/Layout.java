// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

import dev.dryrun.sim.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// In which groups the ranks of a grid meet. Rank r runs on GPU r.
///
/// Each rank has a slot for each kind of group; the groups of all kinds are counted in one row.
public final class Layout {
    /// Which ways activations take between stages; gradients go the opposite ways.
    public enum Messages {
        /// From each stage to the next.
        DOWN,
        /// And from the last one to the first (interleaving).
        ROUND,
        /// And from each stage to the one before (stages whose chunks run to and fro).
        DOWN_AND_UP
    }

    /// Group slots of a rank. Ranks that share the matrices of a layer.
    public static final int TENSOR = 0;
    /// Ranks that hold the same weights, those of experts apart: replicas, and the ranks that share their tokens.
    public static final int DATA = 1;

    public static final int EMBEDDING = 2;
    /// Activations to the next stage.
    public static final int SEND_FORWARD = 3;
    /// Activations from the previous stage.
    public static final int RECEIVE_FORWARD = 4;
    /// Gradients to the previous stage.
    public static final int SEND_BACKWARD = 5;
    /// Gradients from the next stage.
    public static final int RECEIVE_BACKWARD = 6;

    /// Activations to the previous stage.
    public static final int SEND_FORWARD_UP = 7;
    /// Activations from the next stage.
    public static final int RECEIVE_FORWARD_UP = 8;
    /// Gradients to the next stage.
    public static final int SEND_BACKWARD_UP = 9;
    /// Gradients from the previous stage.
    public static final int RECEIVE_BACKWARD_UP = 10;

    /// Consecutive members of `DATA` that share a copy of the parameters, where that is not all of them.
    public static final int SHARD = 11;
    /// Members of `DATA` that hold the same share of different copies.
    public static final int COPIES = 12;

    /// Ranks that share the tokens of a sequence, in the order of the sequence.
    public static final int CONTEXT = 13;
    /// Ranks that share the experts of a layer and exchange their tokens.
    public static final int EXPERT = 14;
    /// Ranks that share the matrices of an expert, where they are not those of `TENSOR`.
    public static final int EXPERT_TENSOR = 15;
    /// Ranks that hold the same experts, where they are not those of `DATA`.
    public static final int EXPERT_DATA = 16;

    public static final int SLOTS = 17;

    private final RankGrid grid;
    private final int ranks;
    private final Axis pipeline;
    private final List<Kind> kinds = new ArrayList<>();
    private final @Nullable Slot[] slots = new @Nullable Slot[SLOTS];

    /// Groups of one kind, with the number of the first one.
    private record Kind(int first, Groups groups) {}

    /// What a rank has in a slot.
    ///
    /// @param first number of the first group of the kind
    /// @param groupOf number of a rank's group in it, or `Program.NONE`
    private record Slot(int first, IntUnaryOperator groupOf) {}

    /// @param grid in which the ranks stand
    /// @param messages which ways activations take between stages
    /// @param sharesEmbedding whether first and last stage hold the same embedding
    /// @param shards consecutive members of `DATA` that share a copy of the parameters; all unless sharding is hybrid
    public Layout(RankGrid grid, Messages messages, boolean sharesEmbedding, int shards) {
        this.grid = grid;
        ranks = Math.toIntExact(grid.ranks());
        pipeline = grid.axes(Dimension.PIPELINE).getFirst();
        AlongAxes data = new AlongAxes(ranks, grid.axes(Dimension.CONTEXT, Dimension.DATA));
        add(TENSOR, new AlongAxes(ranks, grid.axes(Dimension.TENSOR)));
        add(DATA, data);
        if (sharesEmbedding && grid.stages() > 1) {
            EndsOfPipeline ends = new EndsOfPipeline(ranks, pipeline);
            slots[EMBEDDING] = new Slot(firstOf(ends), ends::groupOf);
        }
        addMessages(messages);
        if (shards < data.size()) {
            add(SHARD, new PartsOfGroups(data, shards, false));
            add(COPIES, new PartsOfGroups(data, shards, true));
        }
        addUnlessAlone(CONTEXT, new AlongAxes(ranks, grid.axes(Dimension.CONTEXT)));
        if (grid.placesExpertsApart()) {
            addUnlessAlone(EXPERT, new AlongAxes(ranks, grid.expertAxes(Dimension.EXPERT)));
            addUnlessAlone(EXPERT_TENSOR, new AlongAxes(ranks, grid.expertAxes(Dimension.TENSOR)));
            addUnlessAlone(EXPERT_DATA, new AlongAxes(ranks, grid.expertAxes(Dimension.DATA)));
        }
    }

    private void addMessages(Messages messages) {
        int stages = grid.stages();
        int boundaries = stages == 1 ? 0 : messages == Messages.ROUND ? stages : stages - 1;
        Neighbours down = new Neighbours(ranks, pipeline, boundaries, true);
        Neighbours up = new Neighbours(ranks, pipeline, boundaries, false);
        addMessages(down, SEND_FORWARD, RECEIVE_FORWARD);
        addMessages(up, SEND_BACKWARD, RECEIVE_BACKWARD);
        if (messages == Messages.DOWN_AND_UP) {
            addMessages(up, SEND_FORWARD_UP, RECEIVE_FORWARD_UP);
            addMessages(down, SEND_BACKWARD_UP, RECEIVE_BACKWARD_UP);
        }
    }

    private void addMessages(Neighbours pairs, int send, int receive) {
        int first = firstOf(pairs);
        slots[send] = new Slot(first, pairs.down() ? pairs::withNext : pairs::withPrevious);
        slots[receive] = new Slot(first, pairs.down() ? pairs::withPrevious : pairs::withNext);
    }

    private void add(int slot, AlongAxes groups) {
        slots[slot] = new Slot(firstOf(groups), groups::groupOf);
    }

    private void add(int slot, PartsOfGroups groups) {
        slots[slot] = new Slot(firstOf(groups), groups::groupOf);
    }

    private void addUnlessAlone(int slot, AlongAxes groups) {
        if (groups.size() > 1) {
            add(slot, groups);
        }
    }

    private int firstOf(Groups groups) {
        int first = groups();
        kinds.add(new Kind(first, groups));
        return first;
    }

    public int ranks() {
        return ranks;
    }

    public int stages() {
        return grid.stages();
    }

    public int stageOf(int rank) {
        return pipeline.placeOf(rank);
    }

    /// First rank of a stage.
    public int firstRankOf(int stage) {
        return pipeline.with(0, stage);
    }

    /// Number of groups of all kinds.
    public int groups() {
        return kinds.isEmpty()
                ? 0
                : kinds.getLast().first() + kinds.getLast().groups().count();
    }

    /// The slot in which ranks that share the matrices of an expert meet.
    public int expertTensorSlot() {
        return grid.placesExpertsApart() ? EXPERT_TENSOR : TENSOR;
    }

    /// The slot in which ranks that hold the same experts meet.
    public int expertDataSlot() {
        return grid.placesExpertsApart() ? EXPERT_DATA : DATA;
    }

    /// Group of a rank in a slot, or `Program.NONE`.
    public int groupOf(int rank, int slot) {
        if (slot < 0 || slot >= SLOTS) {
            throw new IllegalArgumentException("slot is " + slot + "; there are " + SLOTS);
        }
        Slot groups = slots[slot];
        int group = groups == null ? Program.NONE : groups.groupOf().applyAsInt(rank);
        return groups == null || group == Program.NONE ? Program.NONE : groups.first() + group;
    }

    /// GPUs of a group in its order; sender first for messages.
    public int[] gpusOf(int group) {
        for (Kind kind : kinds.reversed()) {
            if (group >= kind.first()) {
                return kind.groups().ranksOf(group - kind.first());
            }
        }
        throw new IllegalArgumentException("group is " + group + "; there are " + groups());
    }
}
