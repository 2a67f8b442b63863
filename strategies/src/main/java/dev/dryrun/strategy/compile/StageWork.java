// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.PredictionModules;
import dev.dryrun.strategy.model.RankParameters;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The passes through the chunks of all stages: layers, with the embedding before the first and the head after the
/// last.
///
/// The steps of equal layers are one list, so that what is made of them is made once.
final class StageWork {
    private final TrainingJob job;
    private final KernelTimes times;
    private final LayerDimensions sizes;
    private final StagePartition partition;
    private final ParameterCounts counts;
    /// By group of equal blocks.
    private final List<Layer> layers = new ArrayList<>();

    private final Part embedding;
    private final Part head;
    /// Ahead of the block of a module that predicts a further token, or null.
    private final @Nullable Layer join;

    private final List<Op> gatherReceived;

    /// What each pass does at one place of the model.
    private record Part(List<Op> forward, List<Op> backward, List<Op> ofInput, List<Op> ofWeights) {}

    private record Layer(Part part, RankParameters parameters, long offloadedBytes) {}

    /// The steps of a pass at a place.
    @FunctionalInterface
    private interface Steps {
        List<Op> of(Part part);
    }

    StageWork(TrainingJob job, KernelTimes times, LayerDimensions sizes, StagePartition partition, MemoryModel memory) {
        this.job = job;
        this.times = times;
        this.sizes = sizes;
        this.partition = partition;
        counts = new ParameterCounts(job.model(), job.strategy().layerCut());
        var kernels = new StepKernels(
                times,
                sizes,
                job.stack(),
                new AttentionCore(times, sizes, job.strategy().contextExchange()),
                job.strategy().dealsOutExperts() ? Layout.EXPERT_TENSOR : Layout.TENSOR);
        for (int group = 0; group < job.model().groups().size(); group++) {
            layers.add(new Layer(layer(kernels, memory, group), counts.block(group), memory.offloadedBytes(group)));
        }
        var ends = new HeadAndEmbedding(times, sizes, job.stack());
        SplitBackward headSplit = SplitBackward.of(ends.headBackward());
        head = new Part(
                with(ends.headForward(), memory.headForward()),
                with(ends.headBackward(), memory.headBackward()),
                with(headSplit.ofInput(), memory.headInputGradient()),
                with(headSplit.ofWeights(), memory.headWeightGradient()));
        embedding = new Part(
                with(ends.embeddingForward(), memory.embeddingForward()),
                with(ends.embeddingBackward(), memory.embeddingBackward()),
                with(List.of(), memory.embeddingInputGradient()),
                with(ends.embeddingBackward(), memory.embeddingWeightGradient()));
        join = join(kernels, memory);
        gatherReceived = List.of(new Op.Collective(
                "gather received",
                CollectiveKind.ALL_GATHER,
                times.activationTransferBytes(false),
                Layout.TENSOR,
                Category.PIPELINE_COMM));
    }

    private Part layer(StepKernels kernels, MemoryModel memory, int group) {
        var passes = new LayerPasses(
                kernels, job.model().groups().get(group).steps(job.strategy().layerCut()));
        List<Op> back = passes.again(job.strategy().recompute());
        back.addAll(passes.backward());
        SplitBackward split = SplitBackward.of(back);
        return new Part(
                with(passes.forward(Category.COMPUTE), memory.layerForward(group)),
                with(back, memory.layerBackward(group)),
                with(split.ofInput(), memory.layerInputGradient(group)),
                with(split.ofWeights(), memory.layerWeightGradient(group)));
    }

    private @Nullable Layer join(StepKernels kernels, MemoryModel memory) {
        PredictionModules modules = job.model().prediction();
        if (modules == null) {
            return null;
        }
        var passes = new LayerPasses(kernels, modules.joinSteps());
        SplitBackward split = SplitBackward.of(passes.backward());
        var part = new Part(
                with(passes.forward(Category.COMPUTE), memory.joinForward()),
                with(passes.backward(), memory.joinBackward()),
                with(split.ofInput(), memory.joinBackward()),
                split.ofWeights());
        return new Layer(part, ParameterCounts.of(modules.joinSteps()), 0);
    }

    private static List<Op> with(List<Op> ops, MemoryDelta memory) {
        List<Op> all = new ArrayList<>(ops);
        all.add(new Op.Memory(memory));
        return List.copyOf(all);
    }

    /// Both passes through one layer.
    PassWork throughLayer(int number) {
        return new PassWork(List.of(layer(number, Part::forward), layer(number, Part::backward)));
    }

    /// Both passes through what comes before the first layer.
    PassWork throughEmbedding() {
        return new PassWork(
                List.of(PassWork.Part.end(embedding.forward(), 0), PassWork.Part.end(embedding.backward(), 0)));
    }

    /// Both passes through what comes after the last layer.
    PassWork throughHead() {
        List<PassWork.Part> parts = new ArrayList<>();
        parts.add(PassWork.Part.end(head.forward(), 0));
        parts.addAll(modules(Part::forward));
        parts.addAll(modules(Part::backward).reversed());
        parts.add(PassWork.Part.end(head.backward(), 0));
        return new PassWork(parts);
    }

    PassWork forward(int stage, int chunk) {
        List<PassWork.Part> parts = new ArrayList<>();
        if (partition.hasEmbedding(stage, chunk)) {
            parts.add(PassWork.Part.end(embedding.forward(), (double) counts.embedding()));
        } else if (gathersReceived() && partition.receivesActivations(stage, chunk)) {
            parts.add(PassWork.Part.end(gatherReceived, 0));
        }
        int first = partition.firstLayer(stage, chunk);
        for (int i = 0; i < partition.layers(stage, chunk); i++) {
            parts.add(layer(first + i, Part::forward));
        }
        if (partition.hasHead(stage, chunk)) {
            parts.add(PassWork.Part.end(head.forward(), headParameters()));
            parts.addAll(modules(Part::forward));
        }
        return new PassWork(parts);
    }

    PassWork backward(int stage, int chunk) {
        return backward(stage, chunk, Part::backward, gathersReceived());
    }

    /// The half of the backward pass that the previous block waits for.
    PassWork inputGradient(int stage, int chunk) {
        return backward(stage, chunk, Part::ofInput, gathersReceived());
    }

    /// The other half; the backward pass of the embedding belongs to it as a whole.
    PassWork weightGradient(int stage, int chunk) {
        return backward(stage, chunk, Part::ofWeights, false);
    }

    private PassWork backward(int stage, int chunk, Steps steps, boolean gathers) {
        List<PassWork.Part> parts = new ArrayList<>();
        if (partition.hasHead(stage, chunk)) {
            parts.addAll(modules(steps).reversed());
            parts.add(PassWork.Part.end(steps.of(head), headParameters()));
        } else if (gathers && partition.sendsActivations(stage, chunk)) {
            parts.add(PassWork.Part.end(gatherReceived, 0));
        }
        int first = partition.firstLayer(stage, chunk);
        for (int i = partition.layers(stage, chunk) - 1; i >= 0; i--) {
            parts.add(layer(first + i, steps));
        }
        if (partition.hasEmbedding(stage, chunk)) {
            parts.add(PassWork.Part.end(steps.of(embedding), (double) counts.embedding()));
        }
        return new PassWork(parts);
    }

    /// Modules behind the head: each joins the stream with a token's embedding, runs a block like the last one and the
    /// head once more.
    private List<PassWork.Part> modules(Steps steps) {
        PredictionModules modules = job.model().prediction();
        List<PassWork.Part> parts = new ArrayList<>();
        if (modules == null || join == null) {
            return parts;
        }
        Layer block = layers.getLast();
        for (int module = 0; module < modules.count(); module++) {
            parts.add(PassWork.Part.end(steps.of(join.part()), join.parameters().dense()));
            parts.add(PassWork.Part.layer(steps.of(block.part()), block.parameters(), block.offloadedBytes()));
            parts.add(PassWork.Part.end(steps.of(head), 0));
        }
        return parts;
    }

    private PassWork.Part layer(int number, Steps steps) {
        Layer layer = layers.get(job.model().order().get(number));
        return PassWork.Part.layer(steps.of(layer.part()), layer.parameters(), layer.offloadedBytes());
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
        return counts.finalNorm() + (ownMatrix ? (double) counts.head() : 0);
    }
}
