// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.job.ContextExchange;
import dev.dryrun.strategy.job.Offload;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.Adapters;
import dev.dryrun.strategy.model.LayerStep;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.PredictionModules;
import dev.dryrun.strategy.model.RankParameters;
import dev.dryrun.strategy.model.WeightMatrices;
import dev.dryrun.strategy.pipeline.StagePartition;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Memory of the ranks of a job: what a stage holds throughout, and how each pass of a chunk changes it.
///
/// A forward pass keeps its layers' activations; the first chunk also keeps a dropout mask of the embedding, the last
/// one input and output of the final norm and the logits (arXiv:2205.05198, section 4.3, eq. 5). A backward pass frees
/// what its forward pass kept; where it is split, what the gradients of the weights need stays until they are made.
public final class MemoryModel {
    private static final String LAYER = "layer";
    private static final String HEAD = "head";
    private static final String EMBEDDING = "embedding";

    private final ModelArchitecture model;
    private final Training training;
    private final ParallelStrategy strategy;
    private final MemoryRules rules;
    private final StagePartition partition;
    private final ParameterCounts counts;
    /// By group of equal blocks.
    private final List<LayerActivations> layers;
    private final LayerActivations layer;
    private final int elementBytes;

    /// Memory of a job's ranks, by the rules of its stack.
    public static MemoryModel of(TrainingJob job) {
        return new MemoryModel(
                job.model(),
                job.training(),
                job.strategy(),
                MemoryRules.of(job.stack(), job.training().precision()));
    }

    public MemoryModel(ModelArchitecture model, Training training, ParallelStrategy strategy, MemoryRules rules) {
        this.model = model.with(training.adapters());
        this.training = training;
        this.strategy = strategy;
        this.rules = rules;
        this.partition = strategy.partition(model.layers());
        this.counts = new ParameterCounts(this.model, strategy.layerCut());
        this.elementBytes = training.precision().tensorBytes();
        this.layers = this.model.groups().stream()
                .map(group -> activations(group.steps(strategy.layerCut())))
                .toList();
        this.layer = layers.getFirst();
    }

    /// States of a rank of a stage.
    public StateBytes states(int stage) {
        RankParameters parameters = parameters(stage).trained();
        double moments = new MomentBytes(training.optimizer(), counts)
                .ofRank(blocks(stage), partition.hasEmbedding(stage), partition.hasHead(stage));
        var kept = new StateBytes.Kept(
                training.precision(),
                training.numerics().masterWeights(),
                parameters.total() == 0 ? 0 : momentBytes(moments / parameters.total()),
                training.keepsGradientsWhole());
        StateBytes states;
        if (strategy.dealsOutExperts()) {
            states = states(parameters.dense(), kept, strategy.shards())
                    .plus(states(parameters.experts(), kept, strategy.expertReplicas()));
        } else {
            states = states(parameters.total(), kept, strategy.shards());
        }
        double cached = rules.cachedWeightGradients() ? layerWeightGradientBytes(stage) : 0;
        double widened = rules.widenedGradientBytes() == 0 ? 0 : rules.widenedGradientBytes() * widestMatrix(stage);
        return withoutOffloaded(states.plusScratch(cached + widened), stage).plusWeights(frozenBytes(stage));
    }

    /// Bytes of what a rank of a stage holds and does not train.
    private double frozenBytes(int stage) {
        RankParameters frozen = parameters(stage).frozen();
        boolean shared = strategy.sharding().sharesParameters();
        double share = frozen.sharedBy(
                shared ? strategy.shards() : 1,
                !shared ? 1 : strategy.dealsOutExperts() ? strategy.expertReplicas() : strategy.shards());
        return share * (model.adapters().fourBits() ? Adapters.FOUR_BIT_BYTES : elementBytes);
    }

    /// Parameters of the largest matrix on a rank of a stage.
    private double widestMatrix(int stage) {
        var matrices = new WeightMatrices(counts);
        double widest = Math.max(
                partition.hasEmbedding(stage) && !counts.freezes() ? counts.embedding() : 0,
                partition.hasHead(stage) && !counts.freezes() ? counts.head() : 0);
        for (int group : groups(stage)) {
            for (WeightMatrices.Matrix matrix : matrices.block(group)) {
                widest = Math.max(widest, matrix.elements());
            }
        }
        return widest;
    }

    private StateBytes states(double parameters, StateBytes.Kept kept, int shards) {
        return StateBytes.of(parameters, kept, strategy.sharding(), shards, rules)
                .plusOptimizer(training.localSteps().outerBytes() * parameters / shards);
    }

    /// State of the optimizer that lies on the host does not count; room for what passes by does: three pieces of state
    /// that is streamed, one for each layer, and what comes or goes of a layer's activations beside the one that runs.
    /// The host adds up gradients that leave with each micro-batch.
    private StateBytes withoutOffloaded(StateBytes states, int stage) {
        double passing =
                groups(stage).stream().mapToDouble(this::offloadedBytes).max().orElse(0);
        StateBytes left = switch (strategy.offload().optimizer()) {
            case DEVICE -> states;
            case STREAMED ->
                states.onHost(false).plusScratch(3 * states.optimizer() / Math.max(1, partition.layers(stage)));
            case HOST -> states.onHost(strategy.sharding().sharesGradients() && !training.keepsGradientsWhole());
        };
        return left.plusScratch(passing);
    }

    /// Bytes of the optimizer's state of a rank of a stage, wherever it lies.
    public double optimizerBytes(int stage) {
        return new MemoryModel(model, training, strategy.with(Offload.NONE), rules)
                .states(stage)
                .optimizer();
    }

    /// Bytes of what a block of a group keeps that the host holds.
    public long offloadedBytes(int group) {
        return Math.round(
                strategy.offload().activations() * bytes(layers.get(group).kept(strategy.recompute())));
    }

    /// Bytes of the moments of a parameter: those of fp32 are of 16 bits where weights are and no copy is kept.
    private double momentBytes(double perParameter) {
        boolean halved = training.precision().isMixed()
                && !training.hasMasterWeights()
                && training.optimizer().momentBytes() == 4;
        return halved ? perParameter / 2 : perParameter;
    }

    /// Parameters of a rank of a stage.
    public RankParameters parameters(int stage) {
        RankParameters sum = RankParameters.dense(
                (double) counts.ends(partition.hasEmbedding(stage), partition.hasHead(stage)), counts.freezes());
        PredictionModules prediction = model.prediction();
        for (int module = 0; prediction != null && partition.hasHead(stage) && module < prediction.count(); module++) {
            sum = sum.plus(counts.predictionModule());
        }
        for (int chunk = 0; chunk < partition.chunks(); chunk++) {
            sum = sum.plus(counts.blocks(partition.firstLayer(stage, chunk), partition.layers(stage, chunk)));
        }
        return sum;
    }

    /// The group of each block that a stage has; that of each module for further tokens is the last one.
    public List<Integer> blocks(int stage) {
        List<Integer> blocks = new ArrayList<>();
        for (int chunk = 0; chunk < partition.chunks(); chunk++) {
            int first = partition.firstLayer(stage, chunk);
            blocks.addAll(model.order().subList(first, first + partition.layers(stage, chunk)));
        }
        PredictionModules prediction = model.prediction();
        if (prediction != null && partition.hasHead(stage)) {
            blocks.addAll(Collections.nCopies(prediction.count(), model.groups().size() - 1));
        }
        return blocks;
    }

    /// Numbers of the groups whose blocks a stage has.
    private Set<Integer> groups(int stage) {
        return new TreeSet<>(blocks(stage));
    }

    /// The forward pass of one block of a group; what goes to the host is gone when it ends.
    public MemoryDelta layerForward(int group) {
        return forward(layers.get(group), strategy.recompute(), offloadedBytes(group));
    }

    private MemoryDelta forward(LayerActivations of, Recompute recompute, long offloaded) {
        return MemoryCategory.ACTIVATIONS
                .keep(bytes(of.kept(recompute)) - offloaded)
                .plusScratch(MemoryCategory.ACTIVATIONS.ordinal(), offloaded)
                .plusScratch(MemoryCategory.SCRATCH.ordinal(), bytes(of.forwardScratch(recompute)))
                .in(LAYER);
    }

    /// Its backward pass, with what is computed again; what the host held is on the device again.
    public MemoryDelta layerBackward(int group) {
        return backward(layers.get(group), strategy.recompute(), offloadedBytes(group));
    }

    private MemoryDelta backward(LayerActivations of, Recompute recompute, long offloaded) {
        double scratch = of.backwardScratch(recompute);
        boolean again = scratch > of.backwardScratch(Recompute.NONE);
        return backward(of, recompute, again, bytes(scratch), offloaded);
    }

    /// The gradients of its inputs, with what is computed again: what those of the weights need stays.
    public MemoryDelta layerInputGradient(int group) {
        LayerActivations of = layers.get(group);
        double scratch = of.inputGradientScratch(strategy.recompute());
        boolean again = scratch > of.inputGradientScratch(Recompute.NONE);
        return backward(of, strategy.recompute(), again, bytes(scratch), offloadedBytes(group))
                .then(MemoryCategory.ACTIVATIONS
                        .keep(bytes(of.heldForWeights()))
                        .in(LAYER));
    }

    /// @param again whether what is computed again is part of the scratch
    private MemoryDelta backward(
            LayerActivations of, Recompute recompute, boolean again, long scratchBytes, long offloaded) {
        long recomputed = again ? bytes(of.kept(Recompute.NONE) - of.kept(recompute)) : 0;
        return MemoryCategory.SCRATCH
                .scratch(scratchBytes - recomputed)
                .plusScratch(MemoryCategory.RECOMPUTED.ordinal(), recomputed)
                .plusScratch(MemoryCategory.ACTIVATIONS.ordinal(), offloaded)
                .in(LAYER)
                .then(MemoryCategory.ACTIVATIONS.keep(offloaded - bytes(of.kept(recompute))));
    }

    /// The gradients of its weights.
    public MemoryDelta layerWeightGradient(int group) {
        return frees(MemoryCategory.ACTIVATIONS, bytes(layers.get(group).heldForWeights()), 0)
                .in(LAYER);
    }

    /// What a module that predicts a further token does ahead of its block.
    public MemoryDelta joinForward() {
        return forward(join(), Recompute.NONE, 0);
    }

    public MemoryDelta joinBackward() {
        return backward(join(), Recompute.NONE, 0);
    }

    private LayerActivations join() {
        PredictionModules modules = model.prediction();
        if (modules == null) {
            throw new IllegalStateException(model.name() + " predicts no further tokens");
        }
        return activations(modules.joinSteps());
    }

    private LayerActivations activations(List<List<LayerStep>> steps) {
        return new LayerActivations(
                steps,
                new TokenSpread(
                        strategy.sequenceParallel() ? strategy.tensor() : 1,
                        strategy.context() > 1 && strategy.contextExchange() == ContextExchange.RING),
                rules.flash(),
                training.sequenceLength(),
                elementBytes,
                model.dropout());
    }

    /// Final norm, logits and loss.
    public MemoryDelta headForward() {
        return MemoryCategory.LOGITS_AND_LOSS.keep(headKeptBytes()).in(HEAD);
    }

    /// Backward pass of the head: alive beside the logits are the gradient of its input at full width, with sequence
    /// parallelism the gathered input as well, and the cached gradient of its weights.
    public MemoryDelta headBackward() {
        double wide = (double) elementBytes * model.hidden() * (strategy.sequenceParallel() ? 2 : 1);
        long weights = rules.cachedWeightGradients() && !counts.freezes() ? elementBytes * counts.head() : 0;
        return frees(MemoryCategory.LOGITS_AND_LOSS, headKeptBytes(), bytes(wide) + weights)
                .in(HEAD);
    }

    /// The head backward up to the gradient of its input: the input of the logits and their gradient stay.
    public MemoryDelta headInputGradient() {
        double wide = (double) elementBytes * model.hidden();
        return frees(MemoryCategory.LOGITS_AND_LOSS, headKeptBytes(), bytes(wide))
                .then(MemoryCategory.LOGITS_AND_LOSS.keep(headHeldBytes()))
                .in(HEAD);
    }

    public MemoryDelta headWeightGradient() {
        double gathered = strategy.sequenceParallel() ? (double) elementBytes * model.hidden() : 0;
        long weights = rules.cachedWeightGradients() && !counts.freezes() ? elementBytes * counts.head() : 0;
        return frees(MemoryCategory.LOGITS_AND_LOSS, headHeldBytes(), bytes(gathered) + weights)
                .in(HEAD);
    }

    /// The embedding keeps its dropout mask.
    public MemoryDelta embeddingForward() {
        return MemoryCategory.EMBEDDING.keep(bytes(layer.residualMask())).in(EMBEDDING);
    }

    public MemoryDelta embeddingBackward() {
        return frees(MemoryCategory.EMBEDDING, bytes(layer.residualMask()), 0).in(EMBEDDING);
    }

    /// The gradient of the embedding's output stays until the embedding's own is made of it.
    public MemoryDelta embeddingInputGradient() {
        return MemoryCategory.EMBEDDING.keep(bytes(layer.residual())).in(EMBEDDING);
    }

    public MemoryDelta embeddingWeightGradient() {
        return frees(MemoryCategory.EMBEDDING, bytes(layer.residual()) + bytes(layer.residualMask()), 0)
                .in(EMBEDDING);
    }

    /// Which layers the chunks hold.
    public StagePartition partition() {
        return partition;
    }

    public ParameterCounts counts() {
        return counts;
    }

    public MemoryRules rules() {
        return rules;
    }

    private long headHeldBytes() {
        double logits = (double) elementBytes * model.paddedVocabulary(strategy.tensor()) / strategy.tensor();
        return bytes(layer.residual() + logits);
    }

    private long headKeptBytes() {
        double logits = rules.logitBytes() * model.paddedVocabulary(strategy.tensor()) / strategy.tensor();
        return bytes(2 * layer.residual() + logits);
    }

    private static MemoryDelta frees(MemoryCategory category, long keptBytes, long scratchBytes) {
        return MemoryCategory.SCRATCH.scratch(scratchBytes).then(category.keep(-keptBytes));
    }

    /// One for each shape of weight matrix: those of a block of each kind, and of one expert.
    private double layerWeightGradientBytes(int stage) {
        double sum = 0;
        for (int group : groups(stage)) {
            for (List<LayerStep> steps : model.groups().get(group).steps(strategy.layerCut())) {
                for (LayerStep step : steps) {
                    if (counts.freezes() && !step.isAdapter()) {
                        continue;
                    }
                    if (step instanceof LayerStep.Multiply product) {
                        sum += (double) product.outputs() * product.inputs();
                    } else if (step instanceof LayerStep.MultiplyByExpert product) {
                        sum += (double) product.outputs() * product.inputs();
                    }
                }
            }
        }
        return elementBytes * sum;
    }

    /// Parameters that are whole on a rank beside its share of them.
    public MemoryDelta gathered(double parameters) {
        return MemoryCategory.GATHERED_PARAMETERS.keep(Math.round(elementBytes * parameters));
    }

    /// Gradients that are whole on a rank until they are reduced to its share.
    public MemoryDelta unreduced(double parameters) {
        return MemoryCategory.COMMUNICATION.keep(Math.round(elementBytes * parameters));
    }

    /// Bytes of a micro-batch from bytes of a token.
    private long bytes(double perToken) {
        return Math.round(perToken * strategy.microBatch() * training.sequenceLength() / strategy.context());
    }
}
