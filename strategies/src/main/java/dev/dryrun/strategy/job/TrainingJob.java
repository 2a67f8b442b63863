// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.util.List;
import java.util.function.UnaryOperator;

/// What is simulated: a model trained on a cluster by a strategy, with a software stack, at a site.
///
/// @param name for people
/// @param model with the adapters that are trained
/// @param cluster machines; the job runs on its first GPUs
/// @param equipment of the parts of the cluster, with libraries as they are at the site
public record TrainingJob(
        String name,
        ModelArchitecture model,
        Cluster cluster,
        List<Equipment> equipment,
        Training training,
        ParallelStrategy strategy,
        Stack stack,
        Site site) {
    public TrainingJob {
        model = model.with(training.adapters());
        equipment = equipment.stream()
                .map(part -> new Equipment(part.accelerator(), site.library().applyTo(part.library())))
                .toList();
        if (equipment.size() != cluster.parts().size()) {
            throw new IllegalArgumentException("there is equipment for " + equipment.size() + " parts of "
                    + cluster.parts().size());
        }
        if (strategy.ranks() > cluster.gpus()) {
            throw new IllegalArgumentException(
                    "the strategy needs " + strategy.ranks() + " GPUs; the cluster has " + cluster.gpus());
        }
        String uneven = strategy.problemWithMicroBatches(training.globalBatch());
        if (uneven != null) {
            throw new IllegalArgumentException(uneven);
        }
        if (strategy.microBatchesOfReplicas().isEmpty()
                && training.globalBatch() % (strategy.data() * strategy.microBatch()) != 0) {
            throw new IllegalArgumentException("globalBatch is " + training.globalBatch()
                    + "; it must be a multiple of data * microBatch = " + strategy.data() * strategy.microBatch());
        }
    }

    /// A job on a cluster of equal nodes.
    ///
    /// @param accelerator of every node
    /// @param library of collectives, which the node names
    public TrainingJob(
            String name,
            ModelArchitecture model,
            Cluster cluster,
            Accelerator accelerator,
            CollectiveLibrary library,
            Training training,
            ParallelStrategy strategy,
            Stack stack,
            Site site) {
        this(name, model, cluster, List.of(new Equipment(accelerator, library)), training, strategy, stack, site);
    }

    /// The same job by another strategy, on other machines of the same kind.
    public TrainingJob with(Cluster machines, ParallelStrategy other) {
        return new TrainingJob(name, model, machines, equipment, training, other, stack, site);
    }

    /// The same job with other software.
    public TrainingJob with(Stack other) {
        return new TrainingJob(name, model, cluster, equipment, training, strategy, other, site);
    }

    /// The same job in another machine room.
    public TrainingJob with(Site other) {
        return new TrainingJob(name, model, cluster, equipment, training, strategy, stack, other);
    }

    /// The same job on accelerators that differ from its own.
    public TrainingJob withAccelerators(UnaryOperator<Accelerator> change) {
        List<Equipment> changed = equipment.stream()
                .map(part -> new Equipment(change.apply(part.accelerator()), part.library()))
                .toList();
        return new TrainingJob(name, model, cluster, changed, training, strategy, stack, site);
    }

    /// The accelerator of every node; of the first part where there are several.
    public Accelerator accelerator() {
        return equipment.getFirst().accelerator();
    }

    /// The library of every node; of the first part where there are several.
    public CollectiveLibrary library() {
        return equipment.getFirst().library();
    }

    /// The accelerator that a rank runs on.
    public Accelerator accelerator(int rank) {
        return equipment.get(cluster.partOf(rank)).accelerator();
    }

    /// Bandwidth between a GPU of a part and its host; 0 where it is not known.
    public double hostBytesPerSecond(int part) {
        double given = strategy.offload().bytesPerSecond();
        return given > 0 ? given : cluster.parts().get(part).node().hostBytesPerSecond();
    }

    /// The smallest memory that a process has on one of the accelerators of a stage.
    public double usableMemoryBytes(int stage) {
        double least = Double.POSITIVE_INFINITY;
        for (int part = 0; part < equipment.size(); part++) {
            if (holds(part, stage)) {
                least = Math.min(
                        least, (double) equipment.get(part).accelerator().usableMemoryBytes());
            }
        }
        return least;
    }

    /// Whether ranks of a stage run on a part.
    private boolean holds(int part, int stage) {
        if (!cluster.isMixed()) {
            return true;
        }
        for (int rank = 0; rank < strategy.ranks(); rank++) {
            if (cluster.partOf(rank) == part && strategy.grid().stageOf(rank) == stage) {
                return true;
            }
        }
        return false;
    }

    /// Ranks that share out the optimizer's state.
    public int optimizerShards() {
        return strategy.sharding().sharesOptimizer() ? strategy.shards() : 1;
    }

    /// Ranks that share out the optimizer's state of experts.
    public int expertOptimizerShards() {
        return strategy.sharding().sharesOptimizer() && strategy.dealsOutExperts()
                ? strategy.expertReplicas()
                : optimizerShards();
    }

    /// Ranks that share out the accumulated gradients.
    public int gradientShards() {
        return training.keepsGradientsWhole() || !strategy.sharding().sharesGradients() ? 1 : strategy.shards();
    }

    /// Forward passes of a replica per step; the most where replicas differ.
    public int microBatches() {
        return strategy.microBatchesOfReplicas().stream()
                .mapToInt(count -> count)
                .max()
                .orElseGet(() -> Math.toIntExact(strategy.microBatches(training.globalBatch())));
    }

    /// Forward passes of one replica per step.
    public int microBatches(int replica) {
        List<Integer> counts = strategy.microBatchesOfReplicas();
        return counts.isEmpty() ? microBatches() : counts.get(replica);
    }
}
