// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.fit;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;

/// What of a job a search may change. Fields mean what they mean in a strategy.
///
/// @param growth how many times the machines of the job there are
record Variant(
        int tensor,
        boolean sequenceParallel,
        int stages,
        String schedule,
        int chunks,
        int data,
        Sharding sharding,
        boolean reshards,
        long microBatch,
        Recompute recompute,
        int growth) {
    static Variant of(TrainingJob job) {
        ParallelStrategy s = job.strategy();
        return new Variant(
                s.tensor(),
                s.sequenceParallel(),
                s.stages(),
                s.schedule(),
                s.chunks(),
                s.data(),
                s.sharding(),
                s.parameterSharding().reshardAfterForward(),
                s.microBatch(),
                s.recompute(),
                1);
    }

    long gpus() {
        return (long) tensor * stages * data;
    }

    Variant withTensor(int ranks, int replicas, boolean splitsSequence) {
        return new Variant(
                ranks,
                splitsSequence,
                stages,
                schedule,
                chunks,
                replicas,
                sharding,
                reshards,
                microBatch,
                recompute,
                growth);
    }

    Variant withStages(int number, int replicas) {
        return new Variant(
                tensor,
                sequenceParallel,
                number,
                schedule,
                chunks,
                replicas,
                sharding,
                reshards,
                microBatch,
                recompute,
                growth);
    }

    Variant withSchedule(String name, int chunksOfStage) {
        return new Variant(
                tensor,
                sequenceParallel,
                stages,
                name,
                chunksOfStage,
                data,
                sharding,
                reshards,
                microBatch,
                recompute,
                growth);
    }

    Variant with(Sharding what, boolean reshardsThem) {
        return new Variant(
                tensor,
                sequenceParallel,
                stages,
                schedule,
                chunks,
                data,
                what,
                reshardsThem,
                microBatch,
                recompute,
                growth);
    }

    Variant withMicroBatch(long sequences) {
        return new Variant(
                tensor,
                sequenceParallel,
                stages,
                schedule,
                chunks,
                data,
                sharding,
                reshards,
                sequences,
                recompute,
                growth);
    }

    Variant with(Recompute level) {
        return new Variant(
                tensor,
                sequenceParallel,
                stages,
                schedule,
                chunks,
                data,
                sharding,
                reshards,
                microBatch,
                level,
                growth);
    }

    Variant grown(int times) {
        return new Variant(
                tensor,
                sequenceParallel,
                stages,
                schedule,
                chunks,
                data,
                sharding,
                reshards,
                microBatch,
                recompute,
                growth * times);
    }

    /// The grid so changed; experts that shared their matrices as all others do still do.
    ///
    /// @throws IllegalArgumentException if experts cannot be dealt out over it
    RankGrid grid(RankGrid before) {
        int ofExpert = before.expertTensor() == before.tensor() ? tensor : before.expertTensor();
        return new RankGrid(tensor, before.context(), stages, data, before.expert(), ofExpert, before.order());
    }

    /// The job so changed.
    ///
    /// @throws IllegalArgumentException if there is no such job
    TrainingJob of(TrainingJob job, Variant unchanged) {
        ParallelStrategy before = job.strategy();
        ParameterSharding shares = before.parameterSharding();
        boolean sameBlocks = stages == unchanged.stages && chunks == unchanged.chunks;
        boolean sameReplicas = data == unchanged.data && microBatch == unchanged.microBatch;
        var strategy = new ParallelStrategy(
                grid(before.grid()),
                sequenceParallel,
                schedule,
                chunks,
                before.embeddingSlots(),
                sharding,
                microBatch,
                recompute,
                sameBlocks ? before.layersOfBlocks() : List.of(),
                new ParameterSharding(shares.group(), reshards, shares.prefetch()),
                before.contextExchange(),
                before.offload(),
                sameReplicas ? before.microBatchesOfReplicas() : List.of());
        Cluster cluster = job.cluster();
        Cluster larger = growth == 1 ? cluster : cluster.times(growth);
        return job.with(larger, strategy);
    }
}
