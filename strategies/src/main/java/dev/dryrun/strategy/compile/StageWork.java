// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.List;

/// The passes through the chunks of a stage: layers, with the embedding before the first and the head after the last.
final class StageWork {
    private final TrainingJob job;
    private final KernelTimes times;
    private final LayerDimensions sizes;
    private final LayerPasses layer;
    private final HeadAndEmbedding ends;
    private final StagePartition partition;
    private final MemoryModel memory;
    private final ParameterCounts counts;

    StageWork(TrainingJob job, KernelTimes times, LayerDimensions sizes, StagePartition partition, MemoryModel memory) {
        this.job = job;
        this.times = times;
        this.sizes = sizes;
        this.partition = partition;
        this.memory = memory;
        counts = new ParameterCounts(job.model(), sizes.tensor());
        layer = new LayerPasses(times, job.model(), sizes, job.stack());
        ends = new HeadAndEmbedding(times, job.model(), sizes, job.stack());
    }

    PassWork forward(int stage, int chunk) {
        List<PassWork.Part> parts = new ArrayList<>();
        if (partition.hasEmbedding(stage, chunk)) {
            List<Op> embedding = new ArrayList<>(ends.embeddingForward());
            embedding.add(new Op.Memory(memory.embeddingForward()));
            parts.add(new PassWork.Part(embedding, counts.embedding()));
        } else if (gathersReceived()) {
            parts.add(new PassWork.Part(List.of(gatherReceived()), 0));
        }
        List<Op> ofLayer = new ArrayList<>(layer.forward(Category.COMPUTE));
        ofLayer.add(new Op.Memory(memory.layerForward()));
        for (int i = 0; i < partition.layers(stage, chunk); i++) {
            parts.add(new PassWork.Part(ofLayer, counts.layer()));
        }
        if (partition.hasHead(stage, chunk)) {
            List<Op> head = new ArrayList<>(ends.headForward());
            head.add(new Op.Memory(memory.headForward()));
            parts.add(new PassWork.Part(head, headParameters()));
        }
        return new PassWork(parts);
    }

    PassWork backward(int stage, int chunk) {
        List<PassWork.Part> parts = new ArrayList<>();
        if (partition.hasHead(stage, chunk)) {
            List<Op> head = new ArrayList<>(ends.headBackward());
            head.add(new Op.Memory(memory.headBackward()));
            parts.add(new PassWork.Part(head, headParameters()));
        } else if (gathersReceived()) {
            parts.add(new PassWork.Part(List.of(gatherReceived()), 0));
        }
        List<Op> ofLayer = new ArrayList<>(layer.again(job.strategy().recompute()));
        ofLayer.addAll(layer.backward());
        ofLayer.add(new Op.Memory(memory.layerBackward()));
        for (int i = 0; i < partition.layers(stage, chunk); i++) {
            parts.add(new PassWork.Part(ofLayer, counts.layer()));
        }
        if (partition.hasEmbedding(stage, chunk)) {
            List<Op> embedding = new ArrayList<>(ends.embeddingBackward());
            embedding.add(new Op.Memory(memory.embeddingBackward()));
            parts.add(new PassWork.Part(embedding, counts.embedding()));
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

    private Op gatherReceived() {
        return new Op.Collective(
                "gather received", CollectiveKind.ALL_GATHER, times.activationTransferBytes(false), Category.PIPELINE_COMM);
    }

    /// Parameters of the head that are not the embedding's already.
    private double headParameters() {
        boolean ownMatrix = !job.model().tiedHead() || job.strategy().stages() > 1;
        return counts.finalNorm() + (ownMatrix ? counts.head() : 0);
    }
}
