// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.rank;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.pipeline.StagePartition;
import dev.dryrun.validation.minitrainer.weights.Formats;
import dev.dryrun.validation.train.TrainingOrder;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A training with what its order names read and laid out.
///
/// @param order what was asked for
/// @param job of the scenario
/// @param partition of layers over stages
/// @param layout of ranks in groups, as the simulator has it
public record Job(TrainingOrder order, TrainingJob job, StagePartition partition, Layout layout) {
    public static Job read(TrainingOrder order) {
        TrainingJob job = new ScenarioReader(new Catalog(order.catalog()))
                .read(order.scenario())
                .job();
        StagePartition partition = job.strategy().partition(job.model().layers());
        var layout = new Layout(
                job.strategy().grid(),
                partition.chunks() > 1 ? Layout.Messages.ROUND : Layout.Messages.DOWN,
                isTiedOverStages(job, partition),
                job.strategy().grid().copies());
        return new Job(order, job, partition, layout);
    }

    private static boolean isTiedOverStages(TrainingJob job, StagePartition partition) {
        return job.model().tiedHead() && partition.partsEmbeddingFromHead();
    }

    /// Whether first and last stage both hold the embedding.
    boolean isTiedOverStages() {
        return isTiedOverStages(job, partition);
    }

    public boolean onGpu() {
        return order.device().startsWith("cuda");
    }

    /// The device of a rank: the one that was named, or of several GPUs the one of its number.
    Device device(int rank) {
        return new Device(onGpu() ? "cuda:" + gpu(rank) : "cpu");
    }

    /// Number of the GPU of a rank; -1 on the CPU.
    public int gpu(int rank) {
        return onGpu()
                ? rank
                        + Integer.parseInt(
                                order.device().substring(order.device().indexOf(':') + 1))
                : -1;
    }

    Formats formats(int rank) {
        Precision precision = job.training().precision();
        boolean wide = job.stack().gradients().format().bytes(precision) == Float.BYTES;
        ScalarType products = precision == Precision.BF16 ? ScalarType.BFloat16 : ScalarType.Float;
        return new Formats(device(rank), products, wide ? ScalarType.Float : products);
    }
}
