// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.job.PackedDocuments;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.model.LayerStep;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.PredictionModules;
import dev.dryrun.strategy.model.RankParameters;
import dev.dryrun.strategy.pipeline.StagePartition;
import dev.dryrun.strategy.recompute.LayerRecompute;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import dev.dryrun.strategy.recompute.RecomputedLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The passes through the chunks of all stages: layers, with the embedding before the first and the head after the
/// last.
///
/// The steps of equal layers are one list, so that what is made of them is made once.
final class StageWork {
    private final TrainingJob job;
    private final PackedDocuments documents;
    private final KernelTimes times;
    private final LayerDimensions sizes;
    private final StagePartition partition;
    private final ParameterCounts counts;
    private final StepKernels kernels;
    private final Meetings meetings;
    private final MemoryModel memory;
    /// Of layers that are alike in kind and place.
    private final Map<RecomputedLayer, Layer> layers = new HashMap<>();

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

    /// @param documents packed into the sequences
    /// @param expertNodes nodes on which the ranks stand that deal out the experts of a layer
    StageWork(
            TrainingJob job,
            KernelTimes times,
            LayerDimensions sizes,
            StagePartition partition,
            MemoryModel memory,
            PackedDocuments documents,
            int expertNodes) {
        this.job = job;
        this.documents = documents;
        this.times = times;
        this.sizes = sizes;
        this.partition = partition;
        counts = new ParameterCounts(job.model(), job.strategy().layerCut());
        this.memory = memory;
        kernels = StepKernels.of(job, times, sizes, expertNodes);
        meetings = Meetings.of(job);
        var ends = new HeadAndEmbedding(times, sizes, job.stack(), counts.freezes());
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
        join = join();
        gatherReceived = List.of(new Op.Collective(
                "gather received",
                CollectiveKind.ALL_GATHER,
                times.activationTransferBytes(false),
                Layout.TENSOR,
                Category.PIPELINE_COMM));
    }

    private Layer make(RecomputedLayer place) {
        var passes = passes(place.group());
        List<Op> back = again(place);
        back.addAll(passes.backward());
        SplitBackward split = SplitBackward.of(back);
        var part = new Part(
                with(passes.forward(Category.COMPUTE), memory.layerForward(place)),
                with(back, memory.layerBackward(place)),
                with(split.ofInput(), memory.layerInputGradient(place)),
                with(split.ofWeights(), memory.layerWeightGradient(place)));
        return new Layer(part, counts.block(place.group()), memory.offloadedBytes(place));
    }

    /// What runs again before a layer's backward pass: before that of the last of a segment all of it.
    private List<Op> again(RecomputedLayer place) {
        List<Op> ops = new ArrayList<>();
        if (place.isLast()) {
            for (int group : place.segment()) {
                ops.addAll(passes(group).again(place.again()));
            }
        }
        return ops;
    }

    private LayerPasses passes(int group) {
        return new LayerPasses(
                kernels, job.model().groups().get(group).steps(job.strategy().layerCut()));
    }

    private @Nullable Layer join() {
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
        return new Layer(part, ParameterCounts.of(modules.joinSteps(), counts.freezes()), 0);
    }

    private List<Op> with(List<Op> ops, MemoryDelta memory) {
        List<Op> all = new ArrayList<>(meetings.with(ops));
        all.add(new Op.Memory(memory));
        return List.copyOf(all);
    }

    /// Both passes through one layer.
    PassWork throughLayer(int number) {
        RecomputedLayer place = place(number);
        return new PassWork(List.of(layer(place, Part::forward), layer(place, Part::backward)));
    }

    private RecomputedLayer place(int number) {
        for (int stage = 0; stage < partition.stages(); stage++) {
            for (int chunk = 0; chunk < partition.chunks(); chunk++) {
                int within = number - partition.firstLayer(stage, chunk);
                if (within >= 0 && within < partition.layers(stage, chunk)) {
                    return memory.layers(stage, chunk).get(within);
                }
            }
        }
        throw new IllegalArgumentException("layer is " + number + "; there are " + partition.layers());
    }

    /// Both passes through what comes before the first layer.
    PassWork throughEmbedding() {
        return new PassWork(List.of(PassWork.Part.end(embedding.forward()), PassWork.Part.end(embedding.backward())));
    }

    /// Both passes through what comes after the last layer.
    PassWork throughHead() {
        List<PassWork.Part> parts = new ArrayList<>();
        parts.add(PassWork.Part.end(head.forward()));
        parts.addAll(modules(Part::forward));
        parts.addAll(modules(Part::backward).reversed());
        parts.add(PassWork.Part.end(head.backward()));
        return new PassWork(parts);
    }

    PassWork forward(int stage, int chunk) {
        List<PassWork.Part> parts = new ArrayList<>();
        if (partition.hasEmbedding(stage, chunk)) {
            parts.add(PassWork.Part.end(embedding.forward(), ofEnd((double) counts.embedding())));
        } else if (gathersReceived() && partition.receivesActivations(stage, chunk)) {
            parts.add(PassWork.Part.end(gatherReceived));
        }
        for (RecomputedLayer layer : memory.layers(stage, chunk)) {
            parts.add(layer(layer, Part::forward));
        }
        if (partition.hasHead(stage, chunk)) {
            parts.add(PassWork.Part.end(head.forward(), ofEnd(headParameters())));
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
            parts.add(PassWork.Part.end(steps.of(head), ofEnd(headParameters())));
        } else if (gathers && partition.sendsActivations(stage, chunk)) {
            parts.add(PassWork.Part.end(gatherReceived));
        }
        for (RecomputedLayer layer : memory.layers(stage, chunk).reversed()) {
            parts.add(layer(layer, steps));
        }
        if (partition.hasEmbedding(stage, chunk)) {
            parts.add(PassWork.Part.end(steps.of(embedding), ofEnd((double) counts.embedding())));
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
        for (int module = 0; module < modules.count(); module++) {
            parts.add(PassWork.Part.end(steps.of(join.part()), join.parameters()));
            parts.add(layer(memory.predictionBlock(), steps));
            parts.add(PassWork.Part.end(steps.of(head)));
        }
        return parts;
    }

    private PassWork.Part layer(RecomputedLayer place, Steps steps) {
        Layer layer = layers.computeIfAbsent(place, this::make);
        return PassWork.Part.layer(steps.of(layer.part()), layer.parameters(), layer.offloadedBytes());
    }

    /// Seconds in a step that a replica of a stage waits on average for the one whose documents leave most of
    /// attention.
    double waitForSlowest(int stage) {
        if (documents.slowest() == 0 || job.stack().attention() != Stack.Attention.FLASH) {
            return 0;
        }
        double seconds = 0;
        for (int chunk = 0; chunk < partition.chunks(); chunk++) {
            for (RecomputedLayer layer : memory.layers(stage, chunk)) {
                LayerRecompute recompute = layer.again();
                boolean again = recompute.kind() == Recompute.FULL
                        || recompute.modules().contains(RecomputeChoice.Module.CORE_ATTENTION);
                seconds += secondsOfPairs(layer.group(), again);
            }
        }
        return documents.slowest() * seconds;
    }

    private double secondsOfPairs(int group, boolean again) {
        double seconds = 0;
        for (List<LayerStep> steps :
                job.model().groups().get(group).steps(job.strategy().layerCut())) {
            for (LayerStep step : steps) {
                seconds += step instanceof LayerStep.Attend core
                        ? kernels.attention().secondsOfPairs(core, again)
                        : 0;
            }
        }
        return seconds;
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

    private RankParameters ofEnd(double parameters) {
        return RankParameters.dense(parameters, counts.freezes());
    }

    /// Parameters of the head that are not the embedding's already.
    private double headParameters() {
        boolean ownMatrix = !job.model().tiedHead() || partition.partsEmbeddingFromHead();
        return counts.finalNorm() + (ownMatrix ? (double) counts.head() : 0);
    }
}
