// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

import dev.dryrun.sim.program.Program;

/// Where the ranks of a job sit and in which groups they meet.
///
/// Ranks are numbered as Megatron does it: tensor fastest, then data, then pipeline, so that a tensor group lies on
/// consecutive GPUs: `rank = (stage * data + replica) * tensor + shard`. Rank r runs on GPU r. Source: Narayanan et
/// al., SC 2021, arXiv:2104.04473, section 3.
///
/// @param tensor ranks of a tensor group
/// @param stages pipeline stages
/// @param data replicas
/// @param messages which ways activations take between stages
/// @param sharesEmbedding whether first and last stage hold the same embedding
/// @param shards consecutive replicas that share a copy of the parameters; all of them unless sharding is hybrid
public record Layout(int tensor, int stages, int data, Messages messages, boolean sharesEmbedding, int shards) {
    /// Which ways activations take between stages; gradients go the opposite ways.
    public enum Messages {
        /// From each stage to the next.
        DOWN,
        /// And from the last one to the first (interleaving).
        ROUND,
        /// And from each stage to the one before (stages whose chunks run to and fro).
        DOWN_AND_UP
    }

    /// Group slots of a rank.
    public static final int TENSOR = 0;

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

    /// Replicas that share a copy of the parameters, where that is not all of them.
    public static final int SHARD = 11;
    /// Replicas that hold the same share of different copies.
    public static final int COPIES = 12;

    /// Ranks that deal out the experts.
    public static final int EXPERT = 13;
    /// Ranks that share the matrices of an expert.
    public static final int EXPERT_TENSOR = 14;

    /// Replicas that hold the same experts.
    public static final int EXPERT_DATA = 15;

    public static final int SLOTS = 13;

    public int ranks() {
        return tensor * stages * data;
    }

    public int stageOf(int rank) {
        return rank / (data * tensor);
    }

    /// First rank of a stage.
    public int firstRankOf(int stage) {
        return stage * data * tensor;
    }

    private int dataGroups() {
        return stages * data;
    }

    private int embeddingGroups() {
        return dataGroups() + stages * tensor;
    }

    private int forwardGroups() {
        return embeddingGroups() + (hasEmbeddingGroups() ? data * tensor : 0);
    }

    private boolean hasEmbeddingGroups() {
        return sharesEmbedding && stages > 1;
    }

    private int boundaries() {
        return stages == 1 ? 0 : messages == Messages.ROUND ? stages : stages - 1;
    }

    private int boundaryGroups() {
        return boundaries() * data * tensor;
    }

    private int backwardGroups() {
        return forwardGroups() + boundaryGroups();
    }

    private int forwardUpGroups() {
        return backwardGroups() + boundaryGroups();
    }

    private int backwardUpGroups() {
        return forwardUpGroups() + (messages == Messages.DOWN_AND_UP ? boundaryGroups() : 0);
    }

    private int shardGroups() {
        return backwardUpGroups() + (messages == Messages.DOWN_AND_UP ? boundaryGroups() : 0);
    }

    private int copyGroups() {
        return shardGroups() + (isHybrid() ? stages * copies() * tensor : 0);
    }

    private boolean isHybrid() {
        return shards < data;
    }

    private int copies() {
        return data / shards;
    }

    /// Number of groups of all kinds.
    public int groups() {
        return copyGroups() + (isHybrid() ? stages * shards * tensor : 0);
    }

    /// Group of a rank in a slot, or `Program.NONE`.
    public int groupOf(int rank, int slot) {
        int stage = stageOf(rank);
        int within = rank % (data * tensor);
        return switch (slot) {
            case TENSOR -> rank / tensor;
            case DATA -> dataGroups() + stage * tensor + rank % tensor;
            case EMBEDDING ->
                hasEmbeddingGroups() && (stage == 0 || stage == stages - 1) ? embeddingGroups() + within : Program.NONE;
            case SEND_FORWARD -> boundary(forwardGroups(), stage, within);
            case RECEIVE_FORWARD -> boundary(forwardGroups(), before(stage), within);
            case SEND_BACKWARD -> boundary(backwardGroups(), before(stage), within);
            case RECEIVE_BACKWARD -> boundary(backwardGroups(), stage, within);
            case SEND_FORWARD_UP -> boundaryUp(forwardUpGroups(), before(stage), within);
            case RECEIVE_FORWARD_UP -> boundaryUp(forwardUpGroups(), stage, within);
            case SEND_BACKWARD_UP -> boundaryUp(backwardUpGroups(), stage, within);
            case RECEIVE_BACKWARD_UP -> boundaryUp(backwardUpGroups(), before(stage), within);
            case SHARD ->
                isHybrid()
                        ? shardGroups() + (stage * copies() + within / tensor / shards) * tensor + rank % tensor
                        : Program.NONE;
            case COPIES ->
                isHybrid()
                        ? copyGroups() + (stage * shards + within / tensor % shards) * tensor + rank % tensor
                        : Program.NONE;
            default -> throw new IllegalArgumentException("slot is " + slot + "; there are " + SLOTS);
        };
    }

    private int before(int stage) {
        return stage == 0 ? stages - 1 : stage - 1;
    }

    /// Group at the boundary after a stage; only interleaving has one after the last.
    private int boundary(int firstGroup, int afterStage, int within) {
        return afterStage < boundaries() ? firstGroup + afterStage * data * tensor + within : Program.NONE;
    }

    private int boundaryUp(int firstGroup, int afterStage, int within) {
        return messages == Messages.DOWN_AND_UP ? boundary(firstGroup, afterStage, within) : Program.NONE;
    }

    /// GPUs of a group in its order; sender first for messages.
    public int[] gpusOf(int group) {
        if (group < dataGroups()) {
            return stride(group * tensor, 1, tensor);
        }
        if (group < embeddingGroups()) {
            int index = group - dataGroups();
            return stride(firstRankOf(index / tensor) + index % tensor, tensor, data);
        }
        if (group < forwardGroups()) {
            int within = group - embeddingGroups();
            return new int[] {within, firstRankOf(stages - 1) + within};
        }
        if (group >= copyGroups()) {
            int index = group - copyGroups();
            int share = index / tensor % shards;
            return stride(
                    firstRankOf(index / tensor / shards) + share * tensor + index % tensor, shards * tensor, copies());
        }
        if (group >= shardGroups()) {
            int index = group - shardGroups();
            int copy = index / tensor % copies();
            int first = firstRankOf(index / tensor / copies()) + copy * shards * tensor;
            return stride(first + index % tensor, tensor, shards);
        }
        int index = group - forwardGroups();
        int kind = index / boundaryGroups();
        int stage = index % boundaryGroups() / (data * tensor);
        int within = index % (data * tensor);
        int here = firstRankOf(stage) + within;
        int next = firstRankOf((stage + 1) % stages) + within;
        // Activations down and gradients of those that went up leave here; the other two come from the next stage.
        boolean down = kind == 0 || kind == 3;
        return down ? new int[] {here, next} : new int[] {next, here};
    }

    private static int[] stride(int first, int step, int count) {
        int[] gpus = new int[count];
        for (int i = 0; i < count; i++) {
            gpus[i] = first + i * step;
        }
        return gpus;
    }
}
