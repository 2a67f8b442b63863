// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.strategy.pipeline.BlockPlacement;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.pipeline.StagePartition;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;

/// How a job is spread over ranks.
///
/// @param tensor ranks that share the matrices of a layer
/// @param sequenceParallel whether norms and residuals are split along the sequence over the tensor group
/// @param stages pipeline stages
/// @param schedule name of the pipeline schedule, one of `PipelineSchedules.ALL`
/// @param chunks model chunks of a stage (virtual stages; 1 unless interleaved)
/// @param embeddingSlots whether embedding and head count as a layer each when layers are spread over stages
/// @param data replicas
/// @param sharding what replicas share out
/// @param microBatch sequences of a forward pass on one replica
/// @param recompute which activations are computed again
/// @param layersOfBlocks layers of each block in the order of the forward pass (a block is a chunk of a stage); empty
///     where they are spread evenly
/// @param parameterSharding how parameters are shared out, where they are
/// @param offload what lies in the memory of the host
public record ParallelStrategy(
        int tensor,
        boolean sequenceParallel,
        int stages,
        String schedule,
        int chunks,
        boolean embeddingSlots,
        int data,
        Sharding sharding,
        long microBatch,
        Recompute recompute,
        List<Integer> layersOfBlocks,
        ParameterSharding parameterSharding,
        Offload offload) {
    public ParallelStrategy {
        layersOfBlocks = List.copyOf(layersOfBlocks);
        Positive.require("tensor", tensor);
        Positive.require("stages", stages);
        Positive.require("chunks", chunks);
        Positive.require("data", data);
        Positive.require("microBatch", microBatch);
        if (sequenceParallel && tensor == 1) {
            throw new IllegalArgumentException("sequenceParallel is true with tensor 1; it needs a tensor group");
        }
        int group = parameterSharding.group();
        if (group > 0 && data % group != 0) {
            throw new IllegalArgumentException(
                    "group is " + group + "; it must divide the " + data + " replicas that share parameters");
        }
    }

    /// Replicas among which what is shared is shared out; 1 where nothing is.
    public int shards() {
        return switch (sharding) {
            case NONE -> 1;
            case OPTIMIZER, GRADIENTS -> data;
            case PARAMETERS -> parameterSharding.group() == 0 ? data : parameterSharding.group();
        };
    }

    /// Whether groups of replicas each share a copy of the parameters of their own.
    public boolean isHybrid() {
        return sharding.sharesParameters() && shards() < data;
    }

    /// Layers spread evenly, parameters, where they are shared, in the usual way.
    public ParallelStrategy(
            int tensor,
            boolean sequenceParallel,
            int stages,
            String schedule,
            int chunks,
            boolean embeddingSlots,
            int data,
            Sharding sharding,
            long microBatch,
            Recompute recompute) {
        this(
                tensor,
                sequenceParallel,
                stages,
                schedule,
                chunks,
                embeddingSlots,
                data,
                sharding,
                microBatch,
                recompute,
                List.of(),
                ParameterSharding.USUAL,
                Offload.NONE);
    }

    /// The same with parameters, where they are shared, shared out in another way.
    public ParallelStrategy with(ParameterSharding other) {
        return new ParallelStrategy(
                tensor,
                sequenceParallel,
                stages,
                schedule,
                chunks,
                embeddingSlots,
                data,
                sharding,
                microBatch,
                recompute,
                layersOfBlocks,
                other,
                offload);
    }

    /// The same with other things in the memory of the host.
    public ParallelStrategy with(Offload other) {
        return new ParallelStrategy(
                tensor,
                sequenceParallel,
                stages,
                schedule,
                chunks,
                embeddingSlots,
                data,
                sharding,
                microBatch,
                recompute,
                layersOfBlocks,
                parameterSharding,
                other);
    }

    /// The same with so many layers in each block.
    public ParallelStrategy withLayers(List<Integer> ofBlocks) {
        return new ParallelStrategy(
                tensor,
                sequenceParallel,
                stages,
                schedule,
                chunks,
                embeddingSlots,
                data,
                sharding,
                microBatch,
                recompute,
                ofBlocks,
                parameterSharding,
                offload);
    }

    /// Which layers the stages hold of a model with so many.
    public StagePartition partition(int layers) {
        PipelineSchedule known = PipelineSchedules.byName(schedule);
        return new StagePartition(
                layers,
                stages,
                chunks,
                embeddingSlots,
                known == null ? BlockPlacement.LOOPED : known.placement(),
                layersOfBlocks);
    }

    /// GPUs that the job uses.
    public long ranks() {
        return (long) tensor * stages * data;
    }

    /// Forward passes of a replica per step.
    public long microBatches(long globalBatch) {
        return globalBatch / (data * microBatch);
    }
}
