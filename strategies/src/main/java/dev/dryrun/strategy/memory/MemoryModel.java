// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.TransformerModel;
import dev.dryrun.strategy.pipeline.StagePartition;
import dev.dryrun.strategy.recompute.Recompute;

/// Memory of the ranks of a job: what a stage holds throughout, and how each pass of a chunk changes it.
///
/// A forward pass keeps its layers' activations; the first chunk also keeps a dropout mask of the embedding, the last
/// one input and output of the final norm and the logits (arXiv:2205.05198, section 4.3, eq. 5). A backward pass frees
/// what its forward pass kept; where it is split, what the gradients of the weights need stays until they are made.
public final class MemoryModel {
    private static final String LAYER = "layer";
    private static final String HEAD = "head";
    private static final String EMBEDDING = "embedding";

    private final TransformerModel model;
    private final Training training;
    private final ParallelStrategy strategy;
    private final MemoryRules rules;
    private final StagePartition partition;
    private final ParameterCounts counts;
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

    public MemoryModel(TransformerModel model, Training training, ParallelStrategy strategy, MemoryRules rules) {
        this.model = model;
        this.training = training;
        this.strategy = strategy;
        this.rules = rules;
        this.partition = strategy.partition(model.layers());
        this.counts = new ParameterCounts(model, strategy.tensor());
        this.elementBytes = elementBytes(training.precision());
        this.layer = new LayerActivations(
                model,
                strategy.tensor(),
                strategy.sequenceParallel(),
                rules.flash(),
                training.sequenceLength(),
                elementBytes);
    }

    /// States of a rank of a stage.
    public StateBytes states(int stage) {
        double parameters =
                counts.ofRank(partition.layers(stage), partition.hasEmbedding(stage), partition.hasHead(stage));
        var states = StateBytes.of(
                parameters, training.precision(), training.optimizer(), strategy.sharding(), strategy.shards(), rules);
        double cached = rules.cachedWeightGradients() ? layerWeightGradientBytes() : 0;
        return states.plusScratch(cached + (double) rules.widenedGradientBytes() * widestMatrix(stage));
    }

    /// Parameters of the largest matrix on a rank of a stage.
    private long widestMatrix(int stage) {
        long ofLayer = Math.max(
                Math.max(counts.queryKeyValue(), counts.projection()), Math.max(counts.ffnInput(), counts.ffnOutput()));
        long ofEnds = Math.max(
                partition.hasEmbedding(stage) ? counts.embedding() : 0, partition.hasHead(stage) ? counts.head() : 0);
        return Math.max(ofLayer, ofEnds);
    }

    /// One layer's forward pass.
    public MemoryDelta layerForward() {
        return MemoryCategory.ACTIVATIONS
                .keep(bytes(layer.kept(strategy.recompute())))
                .plusScratch(MemoryCategory.SCRATCH.ordinal(), bytes(layer.forwardScratch(strategy.recompute())))
                .in(LAYER);
    }

    /// One layer's backward pass, with what is computed again.
    public MemoryDelta layerBackward() {
        return layerBackward(
                layer.backwardScratch(strategy.recompute()) > layer.backwardScratch(Recompute.NONE),
                bytes(layer.backwardScratch(strategy.recompute())));
    }

    /// The gradients of one layer's inputs, with what is computed again: what those of the weights need stays.
    public MemoryDelta layerInputGradient() {
        return layerBackward(
                        layer.inputGradientScratch(strategy.recompute()) > layer.inputGradientScratch(Recompute.NONE),
                        bytes(layer.inputGradientScratch(strategy.recompute())))
                .then(MemoryCategory.ACTIVATIONS
                        .keep(bytes(layer.heldForWeights()))
                        .in(LAYER));
    }

    /// @param again whether what is computed again is part of the scratch
    private MemoryDelta layerBackward(boolean again, long scratchBytes) {
        long recomputed = again ? bytes(layer.kept(Recompute.NONE) - layer.kept(strategy.recompute())) : 0;
        return MemoryCategory.SCRATCH
                .scratch(scratchBytes - recomputed)
                .plusScratch(MemoryCategory.RECOMPUTED.ordinal(), recomputed)
                .in(LAYER)
                .then(MemoryCategory.ACTIVATIONS.keep(-bytes(layer.kept(strategy.recompute()))));
    }

    /// The gradients of one layer's weights.
    public MemoryDelta layerWeightGradient() {
        return frees(MemoryCategory.ACTIVATIONS, bytes(layer.heldForWeights()), 0)
                .in(LAYER);
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

    private double layerWeightGradientBytes() {
        return (double) elementBytes
                * (counts.queryKeyValue() + counts.projection() + counts.ffnInput() + counts.ffnOutput());
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
        return Math.round(perToken * strategy.microBatch() * training.sequenceLength());
    }

    private static int elementBytes(Precision precision) {
        return switch (precision) {
            case FP32, TF32 -> 4;
            case FP16, BF16, FP8 -> 2;
        };
    }
}
