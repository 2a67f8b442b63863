// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.pipeline.BlockPlacement;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.pipeline.StagePartition;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import dev.dryrun.strategy.recompute.RecomputedLayer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a job is spread over ranks.
///
/// @param grid in which the ranks stand
/// @param sequenceParallel whether norms and residuals are split along the sequence over the tensor group
/// @param schedule name of the pipeline schedule, one of `PipelineSchedules.ALL`
/// @param chunks model chunks of a stage (virtual stages; 1 unless interleaved)
/// @param embeddingSlots whether embedding and head count as a layer each when layers are spread over stages
/// @param sharding what the holders of the same weights share out
/// @param microBatch sequences of a forward pass on one replica
/// @param recompute which activations are computed again
/// @param layersOfBlocks layers of each block in the order of the forward pass (a block is a chunk of a stage); empty
///     where they are spread evenly
/// @param parameterSharding how parameters are shared out, where they are
/// @param contextExchange how ranks that share the tokens of a sequence let them see each other
/// @param offload what lies in the memory of the host
/// @param microBatchesOfReplicas forward passes of each replica per step; empty where all have as many
public record ParallelStrategy(
        RankGrid grid,
        boolean sequenceParallel,
        String schedule,
        int chunks,
        boolean embeddingSlots,
        Sharding sharding,
        long microBatch,
        RecomputeChoice recompute,
        List<Integer> layersOfBlocks,
        ParameterSharding parameterSharding,
        ContextExchange contextExchange,
        Offload offload,
        List<Integer> microBatchesOfReplicas) {
    public ParallelStrategy {
        layersOfBlocks = List.copyOf(layersOfBlocks);
        microBatchesOfReplicas = List.copyOf(microBatchesOfReplicas);
        Positive.require("chunks", chunks);
        Positive.require("microBatch", microBatch);
        if (sequenceParallel && grid.tensor() == 1) {
            throw new IllegalArgumentException("sequenceParallel is true with tensor 1; it needs a tensor group");
        }
        int group = parameterSharding.group();
        if (group > 0 && grid.copies() % group != 0) {
            throw new IllegalArgumentException(
                    "group is " + group + "; it must divide the " + grid.copies() + " ranks that share parameters");
        }
    }

    /// All replicas with as many micro-batches.
    public ParallelStrategy(
            RankGrid grid,
            boolean sequenceParallel,
            String schedule,
            int chunks,
            boolean embeddingSlots,
            Sharding sharding,
            long microBatch,
            RecomputeChoice recompute,
            List<Integer> layersOfBlocks,
            ParameterSharding parameterSharding,
            ContextExchange contextExchange,
            Offload offload) {
        this(
                grid,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                recompute,
                layersOfBlocks,
                parameterSharding,
                contextExchange,
                offload,
                List.of());
    }

    /// Layers spread evenly and all treated alike, parameters, where they are shared, shared out in the usual way.
    public ParallelStrategy(
            RankGrid grid,
            boolean sequenceParallel,
            String schedule,
            int chunks,
            boolean embeddingSlots,
            Sharding sharding,
            long microBatch,
            Recompute recompute) {
        this(
                grid,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                RecomputeChoice.ofAll(recompute),
                List.of(),
                ParameterSharding.USUAL,
                ContextExchange.RING,
                Offload.NONE);
    }

    /// Ranks that share the matrices of a layer.
    public int tensor() {
        return grid.tensor();
    }

    /// Ranks that share the tokens of a sequence.
    public int context() {
        return grid.context();
    }

    /// Pipeline stages.
    public int stages() {
        return grid.stages();
    }

    /// Replicas.
    public int data() {
        return grid.data();
    }

    /// Ranks that hold the same weights, those of experts apart, among which what is shared is shared out; 1 where
    /// nothing is.
    public int shards() {
        return switch (sharding) {
            case NONE -> 1;
            case OPTIMIZER, GRADIENTS -> grid.copies();
            case PARAMETERS -> parameterSharding.group() == 0 ? grid.copies() : parameterSharding.group();
        };
    }

    /// Whether groups of ranks each share a copy of the parameters of their own.
    public boolean isHybrid() {
        return sharding.sharesParameters() && shards() < grid.copies();
    }

    /// The same on another grid; with equal micro-batches where it has other replicas.
    public ParallelStrategy with(RankGrid other) {
        return new ParallelStrategy(
                other,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                recompute,
                layersOfBlocks,
                parameterSharding,
                contextExchange,
                offload,
                other.data() == data() ? microBatchesOfReplicas : List.of());
    }

    /// The same with parameters, where they are shared, shared out in another way.
    public ParallelStrategy with(ParameterSharding other) {
        return new ParallelStrategy(
                grid,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                recompute,
                layersOfBlocks,
                other,
                contextExchange,
                offload,
                microBatchesOfReplicas);
    }

    /// The same with other things in the memory of the host.
    public ParallelStrategy with(Offload other) {
        return new ParallelStrategy(
                grid,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                recompute,
                layersOfBlocks,
                parameterSharding,
                contextExchange,
                other,
                microBatchesOfReplicas);
    }

    /// The same with so many layers in each block.
    public ParallelStrategy withLayers(List<Integer> ofBlocks) {
        return new ParallelStrategy(
                grid,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                recompute,
                ofBlocks,
                parameterSharding,
                contextExchange,
                offload,
                microBatchesOfReplicas);
    }

    /// The same with so many micro-batches in each replica.
    public ParallelStrategy withMicroBatches(List<Integer> ofReplicas) {
        return new ParallelStrategy(
                grid,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                recompute,
                layersOfBlocks,
                parameterSharding,
                contextExchange,
                offload,
                ofReplicas);
    }

    /// Why replicas cannot have their micro-batches, or null where they can: what a replica does with each micro-batch
    /// and others take part in, all must do as often.
    public @Nullable String problemWithMicroBatches(long globalBatch) {
        if (microBatchesOfReplicas.isEmpty()) {
            return null;
        }
        long sum = microBatchesOfReplicas.stream().mapToLong(count -> count).sum();
        if (microBatchesOfReplicas.size() != data()) {
            return "must be one number for each of the " + data() + " replicas, not " + microBatchesOfReplicas.size();
        }
        if (microBatchesOfReplicas.stream().anyMatch(count -> count < 1)) {
            return "must be at least 1 for each replica";
        }
        if (sum * microBatch != globalBatch) {
            return "must add up to the global batch of " + globalBatch + " sequences, not to " + sum + " of "
                    + microBatch;
        }
        boolean even = microBatchesOfReplicas.stream().distinct().count() == 1;
        if (!even && (sharding == Sharding.GRADIENTS || sharding == Sharding.PARAMETERS)) {
            return "must be equal where replicas share gradients or parameters with each micro-batch";
        }
        return even || !dealsOutExperts() ? null : "must be equal where experts are dealt out over replicas";
    }

    /// Ranks that share a layer.
    public LayerCut layerCut() {
        return new LayerCut(grid.tensor(), grid.expert(), grid.expertTensor());
    }

    /// Whether experts have other replicas than the rest of a layer.
    public boolean dealsOutExperts() {
        return grid.placesExpertsApart();
    }

    /// Ranks that hold the same experts.
    public int expertReplicas() {
        return grid.expertData();
    }

    /// The same with passes in another order.
    public ParallelStrategy withSchedule(String other, int chunksOfStage) {
        return new ParallelStrategy(
                grid,
                sequenceParallel,
                other,
                chunksOfStage,
                embeddingSlots,
                sharding,
                microBatch,
                recompute,
                layersOfBlocks,
                parameterSharding,
                contextExchange,
                offload,
                microBatchesOfReplicas);
    }

    /// The same with another exchange between ranks that share the tokens of a sequence.
    public ParallelStrategy with(ContextExchange other) {
        return new ParallelStrategy(
                grid,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                recompute,
                layersOfBlocks,
                parameterSharding,
                other,
                offload,
                microBatchesOfReplicas);
    }

    /// The same with so many sequences in a forward pass; where they are others, replicas have as many of them.
    public ParallelStrategy withMicroBatch(long sequences) {
        return new ParallelStrategy(
                grid,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                sequences,
                recompute,
                layersOfBlocks,
                parameterSharding,
                contextExchange,
                offload,
                sequences == microBatch ? microBatchesOfReplicas : List.of());
    }

    /// The same with other layers computed again.
    public ParallelStrategy with(RecomputeChoice other) {
        return new ParallelStrategy(
                grid,
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                other,
                layersOfBlocks,
                parameterSharding,
                contextExchange,
                offload,
                microBatchesOfReplicas);
    }

    /// The layers of a chunk, with what is computed again of them.
    ///
    /// @param order groups of equal blocks to which the layers of the model belong
    public List<RecomputedLayer> layers(List<Integer> order, int stage, int chunk) {
        StagePartition partition = partition(order.size());
        int first = partition.firstLayer(stage, chunk);
        int before = 0;
        for (int earlier = 0; earlier < chunk; earlier++) {
            before += partition.layers(stage, earlier);
        }
        return recompute.layers(order.subList(first, first + partition.layers(stage, chunk)), before);
    }

    /// What is computed again of each layer, stage by stage.
    public List<RecomputedLayer> layers(List<Integer> order) {
        List<RecomputedLayer> all = new ArrayList<>();
        for (int stage = 0; stage < stages(); stage++) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                all.addAll(layers(order, stage, chunk));
            }
        }
        return all;
    }

    /// Which layers the stages hold of a model with so many.
    public StagePartition partition(int layers) {
        PipelineSchedule known = PipelineSchedules.byName(schedule);
        return new StagePartition(
                layers,
                stages(),
                chunks,
                embeddingSlots,
                known == null ? BlockPlacement.LOOPED : known.placement(),
                layersOfBlocks);
    }

    /// GPUs that the job uses.
    public long ranks() {
        return grid.ranks();
    }

    /// Forward passes of a replica per step.
    public long microBatches(long globalBatch) {
        return globalBatch / (data() * microBatch);
    }
}
