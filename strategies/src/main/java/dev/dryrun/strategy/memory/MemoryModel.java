// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.job.ContextExchange;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.LayerStep;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.PredictionModules;
import dev.dryrun.strategy.model.RankParameters;
import dev.dryrun.strategy.pipeline.StagePartition;
import dev.dryrun.strategy.recompute.Recompute;
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
        this.model = model;
        this.training = training;
        this.strategy = strategy;
        this.rules = rules;
        this.partition = strategy.partition(model.layers());
        this.counts = new ParameterCounts(model, strategy.layerCut());
        this.elementBytes = elementBytes(training.precision());
        this.layers = model.groups().stream()
                .map(group -> activations(group.steps(strategy.layerCut())))
                .toList();
        this.layer = layers.getFirst();
    }

    /// States of a rank of a stage.
    public StateBytes states(int stage) {
        RankParameters parameters = parameters(stage);
        double dense = strategy.dealsOutExperts() ? parameters.dense() : parameters.total();
        var states = states(dense, strategy.shards());
        if (strategy.dealsOutExperts()) {
            states = states.plus(states(parameters.experts(), strategy.expertReplicas()));
        }
        return rules.cachedWeightGradients() ? states.plusScratch(layerWeightGradientBytes(stage)) : states;
    }

    private StateBytes states(double parameters, int shards) {
        return StateBytes.of(
                parameters, training.precision(), training.optimizer(), strategy.sharding(), shards, rules);
    }

    /// Parameters of a rank of a stage.
    public RankParameters parameters(int stage) {
        RankParameters sum =
                new RankParameters(counts.ends(partition.hasEmbedding(stage), partition.hasHead(stage)), 0);
        PredictionModules prediction = model.prediction();
        for (int module = 0; prediction != null && partition.hasHead(stage) && module < prediction.count(); module++) {
            sum = sum.plus(counts.predictionModule());
        }
        for (int chunk = 0; chunk < partition.chunks(); chunk++) {
            sum = sum.plus(counts.blocks(partition.firstLayer(stage, chunk), partition.layers(stage, chunk)));
        }
        return sum;
    }

    /// Numbers of the groups whose blocks a stage has.
    private Set<Integer> groups(int stage) {
        Set<Integer> groups = new TreeSet<>();
        for (int chunk = 0; chunk < partition.chunks(); chunk++) {
            int first = partition.firstLayer(stage, chunk);
            groups.addAll(model.order().subList(first, first + partition.layers(stage, chunk)));
        }
        return groups;
    }

    /// The forward pass of one block of a group.
    public MemoryDelta layerForward(int group) {
        return forward(layers.get(group), strategy.recompute());
    }

    private MemoryDelta forward(LayerActivations of, Recompute recompute) {
        return MemoryCategory.ACTIVATIONS
                .keep(bytes(of.kept(recompute)))
                .plusScratch(MemoryCategory.SCRATCH.ordinal(), bytes(of.forwardScratch(recompute)))
                .in(LAYER);
    }

    /// Its backward pass, with what is computed again.
    public MemoryDelta layerBackward(int group) {
        return backward(layers.get(group), strategy.recompute());
    }

    private MemoryDelta backward(LayerActivations of, Recompute recompute) {
        double scratch = of.backwardScratch(recompute);
        return backward(of, recompute, scratch > of.backwardScratch(Recompute.NONE), bytes(scratch));
    }

    /// The gradients of its inputs, with what is computed again: what those of the weights need stays.
    public MemoryDelta layerInputGradient(int group) {
        LayerActivations of = layers.get(group);
        double scratch = of.inputGradientScratch(strategy.recompute());
        boolean again = scratch > of.inputGradientScratch(Recompute.NONE);
        return backward(of, strategy.recompute(), again, bytes(scratch))
                .then(MemoryCategory.ACTIVATIONS
                        .keep(bytes(of.heldForWeights()))
                        .in(LAYER));
    }

    /// @param again whether what is computed again is part of the scratch
    private MemoryDelta backward(LayerActivations of, Recompute recompute, boolean again, long scratchBytes) {
        long recomputed = again ? bytes(of.kept(Recompute.NONE) - of.kept(recompute)) : 0;
        return MemoryCategory.SCRATCH
                .scratch(scratchBytes - recomputed)
                .plusScratch(MemoryCategory.RECOMPUTED.ordinal(), recomputed)
                .in(LAYER)
                .then(MemoryCategory.ACTIVATIONS.keep(-bytes(of.kept(recompute))));
    }

    /// The gradients of its weights.
    public MemoryDelta layerWeightGradient(int group) {
        return frees(MemoryCategory.ACTIVATIONS, bytes(layers.get(group).heldForWeights()), 0)
                .in(LAYER);
    }

    /// What a module that predicts a further token does ahead of its block.
    public MemoryDelta joinForward() {
        return forward(join(), Recompute.NONE);
    }

    public MemoryDelta joinBackward() {
        return backward(join(), Recompute.NONE);
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
        long weights = rules.cachedWeightGradients() ? elementBytes * counts.head() : 0;
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
        long weights = rules.cachedWeightGradients() ? elementBytes * counts.head() : 0;
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

    private static int elementBytes(Precision precision) {
        return switch (precision) {
            case FP32, TF32 -> 4;
            case FP16, BF16, FP8 -> 2;
        };
    }
}
