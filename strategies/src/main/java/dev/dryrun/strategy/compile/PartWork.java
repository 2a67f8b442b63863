// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.strategy.job.PackedDocuments;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.pipeline.StagePartition;

/// What a rank computes on the accelerator of one part of the cluster.
///
/// @param passes through the chunks of all stages
/// @param optimizer its step
record PartWork(StageWork passes, OptimizerStep optimizer) {
    /// @param ranks of the job, all of which wait for the slowest
    /// @param expertNodes nodes on which the ranks stand that deal out the experts of a layer
    static PartWork of(
            TrainingJob job, int part, int ranks, StagePartition partition, MemoryModel memory, int expertNodes) {
        PackedDocuments documents = PackedDocuments.of(job);
        Accelerator accelerator = job.equipment().get(part).accelerator();
        KernelModel kernels = new KernelModel(accelerator, ranks);
        LayerDimensions sizes = LayerDimensions.of(job.model(), job.training(), job.strategy(), documents.share());
        KernelTimes times = new KernelTimes(
                kernels,
                sizes,
                job.stack(),
                job.training().precision(),
                job.training().numerics().scaling(),
                job.gradientShards(),
                accelerator.peak16BitFlopsPerSecond());
        return new PartWork(
                new StageWork(job, times, sizes, partition, memory, documents, expertNodes),
                new OptimizerStep(job, accelerator, kernels, memory));
    }
}
