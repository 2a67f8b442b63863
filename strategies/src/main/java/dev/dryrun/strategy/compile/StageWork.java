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
    private final List<Op> embeddingForward;
    private final List<Op> headForward;
    private final Backward whole;
    private final Backward ofInput;
    private final Backward ofWeights;
    private final List<Op> gatherReceived;

    /// The steps backward through head, layer and embedding.
    private record Backward(List<Op> head, List<Op> layer, List<Op> embedding) {}

    StageWork(TrainingJob job, KernelTimes times, LayerDimensions sizes, StagePartition partition, MemoryModel memory) {
        this.job = job;
        this.times = times;
        this.sizes = sizes;
        this.partition = partition;
        counts = new ParameterCounts(job.model(), sizes.tensor());
        var layer = new LayerPasses(times, job.model(), sizes, job.stack());
        var ends = new HeadAndEmbedding(times, sizes, job.stack());
        layerForward = with(layer.forward(Category.COMPUTE), memory.layerForward());
        embeddingForward = with(ends.embeddingForward(), memory.embeddingForward());
        headForward = with(ends.headForward(), memory.headForward());
        List<Op> back = layer.again(job.strategy().recompute());
        back.addAll(layer.backward());
        whole = new Backward(
                with(ends.headBackward(), memory.headBackward()),
                with(back, memory.layerBackward()),
                with(ends.embeddingBackward(), memory.embeddingBackward()));
        SplitBackward layerSplit = SplitBackward.of(back);
        SplitBackward headSplit = SplitBackward.of(ends.headBackward());
        ofInput = new Backward(
                with(headSplit.ofInput(), memory.headInputGradient()),
                with(layerSplit.ofInput(), memory.layerInputGradient()),
                with(List.of(), memory.embeddingInputGradient()));
        ofWeights = new Backward(
                with(headSplit.ofWeights(), memory.headWeightGradient()),
                with(layerSplit.ofWeights(), memory.layerWeightGradient()),
                with(ends.embeddingBackward(), memory.embeddingWeightGradient()));
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
        } else if (gathersReceived() && partition.receivesActivations(stage, chunk)) {
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
        return backward(stage, chunk, whole, gathersReceived());
    }

    /// The half of the backward pass that the previous block waits for.
    PassWork inputGradient(int stage, int chunk) {
        return backward(stage, chunk, ofInput, gathersReceived());
    }

    /// The other half; the backward pass of the embedding belongs to it as a whole.
    PassWork weightGradient(int stage, int chunk) {
        return backward(stage, chunk, ofWeights, false);
    }

    private PassWork backward(int stage, int chunk, Backward steps, boolean gathers) {
        List<PassWork.Part> parts = new ArrayList<>();
        if (partition.hasHead(stage, chunk)) {
            parts.add(PassWork.Part.end(steps.head(), headParameters()));
        } else if (gathers && partition.sendsActivations(stage, chunk)) {
            parts.add(PassWork.Part.end(gatherReceived, 0));
        }
        for (int i = 0; i < partition.layers(stage, chunk); i++) {
            parts.add(PassWork.Part.layer(steps.layer(), (double) counts.layer()));
        }
        if (partition.hasEmbedding(stage, chunk)) {
            parts.add(PassWork.Part.end(steps.embedding(), (double) counts.embedding()));
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
        boolean ownMatrix = !job.model().tiedHead() || partition.partsEmbeddingFromHead();
        return counts.finalNorm() + (ownMatrix ? counts.head() : 0);
    }
}
