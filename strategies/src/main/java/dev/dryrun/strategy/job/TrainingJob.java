// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.strategy.model.ModelArchitecture;

/// What is simulated: a model trained on a cluster by a strategy, with a software stack, at a site.
///
/// @param name for people
/// @param model with the adapters that are trained
/// @param cluster machines; the job runs on its first GPUs
/// @param accelerator of every node
/// @param library of collectives, which the node names, as it is at the site
public record TrainingJob(
        String name,
        ModelArchitecture model,
        Cluster cluster,
        Accelerator accelerator,
        CollectiveLibrary library,
        Training training,
        ParallelStrategy strategy,
        Stack stack,
        Site site) {
    public TrainingJob {
        model = model.with(training.adapters());
        library = site.library().applyTo(library);
        if (strategy.ranks() > cluster.gpus()) {
            throw new IllegalArgumentException(
                    "the strategy needs " + strategy.ranks() + " GPUs; the cluster has " + cluster.gpus());
        }
        if (training.globalBatch() % (strategy.data() * strategy.microBatch()) != 0) {
            throw new IllegalArgumentException("globalBatch is " + training.globalBatch()
                    + "; it must be a multiple of data * microBatch = " + strategy.data() * strategy.microBatch());
        }
    }

    /// The same job by another strategy, on other machines of the same kind.
    public TrainingJob with(Cluster machines, ParallelStrategy other) {
        return new TrainingJob(name, model, machines, accelerator, library, training, other, stack, site);
    }

    /// Bandwidth between a GPU and its host; 0 where it is not known.
    public double hostBytesPerSecond() {
        double given = strategy.offload().bytesPerSecond();
        return given > 0 ? given : cluster.node().hostBytesPerSecond();
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

    /// Forward passes of a replica per step.
    public int microBatches() {
        return Math.toIntExact(strategy.microBatches(training.globalBatch()));
    }
}
