// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.List;

/// The passes through the chunks of all stages: layers, with the embedding before the first and the head after the
/// last.
///
/// The steps of a layer are one list, whichever layer it is, so that what is made of them is made once.
final class StageWork {
    private final TrainingJob job;
    private final KernelTimes times;
    private final LayerDimensions sizes;
    private final StagePartition partition;
    private final ParameterCounts counts;
    private final List<Op> layerForward;
    private final List<Op> layerBackward;
    private final List<Op> embeddingForward;
    private final List<Op> embeddingBackward;
    private final List<Op> headForward;
    private final List<Op> headBackward;
    private final List<Op> gatherReceived;

    StageWork(TrainingJob job, KernelTimes times, LayerDimensions sizes, StagePartition partition, MemoryModel memory) {
        this.job = job;
        this.times = times;
        this.sizes = sizes;
        this.partition = partition;
        counts = new ParameterCounts(job.model(), sizes.tensor());
        var layer = new LayerPasses(times, job.model(), sizes, job.stack());
        var ends = new HeadAndEmbedding(times, sizes, job.stack());
        layerForward = with(layer.forward(Category.COMPUTE), memory.layerForward());
        List<Op> back = layer.again(job.strategy().recompute());
        back.addAll(layer.backward());
        layerBackward = with(back, memory.layerBackward());
        embeddingForward = with(ends.embeddingForward(), memory.embeddingForward());
        embeddingBackward = with(ends.embeddingBackward(), memory.embeddingBackward());
        headForward = with(ends.headForward(), memory.headForward());
        headBackward = with(ends.headBackward(), memory.headBackward());
        gatherReceived = List.of(new Op.Collective(
                "gather received",
                CollectiveKind.ALL_GATHER,
                times.activationTransferBytes(false),
                Category.PIPELINE_COMM));
    }

    private static List<Op> with(List<Op> ops, MemoryDelta memory) {
        List<Op> all = new ArrayList<>(ops);
        all.add(new Op.Memory(memory));
        return List.copyOf(all);
    }

    PassWork forward(int stage, int chunk) {
        List<PassWork.Part> parts = new ArrayList<>();
        if (partition.hasEmbedding(stage, chunk)) {
            parts.add(PassWork.Part.end(embeddingForward, (double) counts.embedding()));
        } else if (gathersReceived()) {
            parts.add(PassWork.Part.end(gatherReceived, 0));
        }
        for (int i = 0; i < partition.layers(stage, chunk); i++) {
            parts.add(PassWork.Part.layer(layerForward, (double) counts.layer()));
        }
        if (partition.hasHead(stage, chunk)) {
            parts.add(PassWork.Part.end(headForward, headParameters()));
        }
        return new PassWork(parts);
    }

    PassWork backward(int stage, int chunk) {
        List<PassWork.Part> parts = new ArrayList<>();
        if (partition.hasHead(stage, chunk)) {
            parts.add(PassWork.Part.end(headBackward, headParameters()));
        } else if (gathersReceived()) {
            parts.add(PassWork.Part.end(gatherReceived, 0));
        }
        for (int i = 0; i < partition.layers(stage, chunk); i++) {
            parts.add(PassWork.Part.layer(layerBackward, (double) counts.layer()));
        }
        if (partition.hasEmbedding(stage, chunk)) {
            parts.add(PassWork.Part.end(embeddingBackward, (double) counts.embedding()));
        }
        return new PassWork(parts);
    }

    /// Bytes of a message between stages that one rank sends.
    double messageBytes() {
        boolean whole = job.stack().pipelineTransfers() == Stack.PipelineTransfers.WHOLE && !sizes.sequenceParallel();
        return times.activationTransferBytes(false) / (whole ? 1 : sizes.tensor());
    }

    /// Whether a received activation comes in shares that the tensor group puts together.
    private boolean gathersReceived() {
        return sizes.tensor() > 1
                && !sizes.sequenceParallel()
                && job.stack().pipelineTransfers() != Stack.PipelineTransfers.WHOLE
                && job.strategy().stages() > 1;
    }

    /// Parameters of the head that are not the embedding's already.
    private double headParameters() {
        boolean ownMatrix = !job.model().tiedHead() || job.strategy().stages() > 1;
        return counts.finalNorm() + (ownMatrix ? counts.head() : 0);
    }
}
