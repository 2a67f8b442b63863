// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.job.Offload;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.TransformerModel;
import dev.dryrun.strategy.pipeline.StagePartition;

/// Memory of the ranks of a job: what a stage holds throughout, and how each pass of a chunk changes it.
///
/// A forward pass keeps its layers' activations; the first chunk also keeps a dropout mask of the embedding, the last
/// one input and output of the final norm and the logits (arXiv:2205.05198, section 4.3, eq. 5). A backward pass frees
/// what its forward pass kept; where it is split, what the gradients of the weights need stays until they are made.
public final class MemoryModel {
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
        this.elementBytes = training.precision().tensorBytes();
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
        int layers = partition.layers(stage);
        boolean embedding = partition.hasEmbedding(stage);
        boolean head = partition.hasHead(stage);
        double parameters = counts.ofRank(layers, embedding, head);
        double moments = new MomentBytes(training.optimizer(), counts).ofRank(layers, embedding, head);
        var kept = new StateBytes.Kept(
                training.precision(),
                training.numerics().masterWeights(),
                parameters == 0 ? 0 : momentBytes(moments / parameters),
                training.keepsGradientsWhole());
        var states = StateBytes.of(parameters, kept, strategy.sharding(), strategy.shards(), rules)
                .plusOptimizer(training.localSteps().outerBytes() * parameters / strategy.shards())
                .plusScratch(gatheredBytes(stage));
        return withoutOffloaded(
                rules.cachedWeightGradients() ? states.plusScratch(layerWeightGradientBytes()) : states, layers);
    }

    /// State of the optimizer that lies on the host does not count; room for what passes by does: three pieces of state
    /// that is streamed, one for each layer, and what comes or goes of a layer's activations beside the one that runs.
    /// The host adds up gradients that leave with each micro-batch.
    private StateBytes withoutOffloaded(StateBytes states, int layers) {
        double passing = layers == 0 ? 0 : offloadedBytes();
        StateBytes left = switch (strategy.offload().optimizer()) {
            case DEVICE -> states;
            case STREAMED -> states.onHost(false).plusScratch(3 * states.optimizer() / Math.max(1, layers));
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

    /// Bytes of a layer's kept activations that the host holds.
    public long offloadedBytes() {
        return Math.round(strategy.offload().activations() * bytes(layer.kept(strategy.recompute())));
    }

    /// Bytes of the moments of a parameter: those of fp32 are of 16 bits where weights are and no copy is kept.
    private double momentBytes(double perParameter) {
        boolean halved = training.precision().isMixed()
                && !training.hasMasterWeights()
                && training.optimizer().momentBytes() == 4;
        return halved ? perParameter / 2 : perParameter;
    }

    /// One layer's forward pass.
    public MemoryDelta layerForward() {
        long kept = bytes(layer.kept(strategy.recompute()));
        return new MemoryDelta(kept - offloadedBytes(), kept, bytes(layer.forwardScratch(strategy.recompute())));
    }

    /// One layer's backward pass, with what is computed again.
    public MemoryDelta layerBackward() {
        return freesLayer(bytes(layer.backwardScratch(strategy.recompute())));
    }

    /// The gradients of one layer's inputs, with what is computed again: what those of the weights need stays.
    public MemoryDelta layerInputGradient() {
        return freesLayer(bytes(layer.inputGradientScratch(strategy.recompute())))
                .then(MemoryDelta.keep(bytes(layer.heldForWeights())));
    }

    /// The gradients of one layer's weights.
    public MemoryDelta layerWeightGradient() {
        return frees(bytes(layer.heldForWeights()), 0);
    }

    /// Final norm, logits and loss.
    public MemoryDelta headForward() {
        return MemoryDelta.keep(headKeptBytes());
    }

    /// Backward pass of the head: alive beside the logits are the gradient of its input at full width, with sequence
    /// parallelism the gathered input as well, and the cached gradient of its weights.
    public MemoryDelta headBackward() {
        double wide = (double) elementBytes * model.hidden() * (strategy.sequenceParallel() ? 2 : 1);
        long weights = rules.cachedWeightGradients() ? elementBytes * counts.head() : 0;
        return frees(headKeptBytes(), bytes(wide) + weights);
    }

    /// The head backward up to the gradient of its input: the input of the logits and their gradient stay.
    public MemoryDelta headInputGradient() {
        double wide = (double) elementBytes * model.hidden();
        return frees(headKeptBytes(), bytes(wide)).then(MemoryDelta.keep(headHeldBytes()));
    }

    public MemoryDelta headWeightGradient() {
        double gathered = strategy.sequenceParallel() ? (double) elementBytes * model.hidden() : 0;
        long weights = rules.cachedWeightGradients() ? elementBytes * counts.head() : 0;
        return frees(headHeldBytes(), bytes(gathered) + weights);
    }

    /// The embedding keeps its dropout mask.
    public MemoryDelta embeddingForward() {
        return MemoryDelta.keep(bytes(layer.residualMask()));
    }

    public MemoryDelta embeddingBackward() {
        return frees(bytes(layer.residualMask()), 0);
    }

    /// The gradient of the embedding's output stays until the embedding's own is made of it.
    public MemoryDelta embeddingInputGradient() {
        return MemoryDelta.keep(bytes(layer.residual()));
    }

    public MemoryDelta embeddingWeightGradient() {
        return frees(bytes(layer.residual()) + bytes(layer.residualMask()), 0);
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

    /// What the host held is on the device again while the layer runs.
    private MemoryDelta freesLayer(long scratchBytes) {
        long onDevice = bytes(layer.kept(strategy.recompute())) - offloadedBytes();
        return frees(onDevice, scratchBytes + offloadedBytes());
    }

    private static MemoryDelta frees(long keptBytes, long scratchBytes) {
        return new MemoryDelta(-keptBytes, 0, scratchBytes);
    }

    /// What is whole at a time of parameters and gradients that are shared out: of embedding and head both, all the
    /// time; of layers the one that runs and the next one's parameters, and the gradients of two, one being computed
    /// and one being reduced. Without freeing after the forward pass all parameters are.
    private double gatheredBytes(int stage) {
        if (!strategy.sharding().sharesParameters() || strategy.shards() == 1) {
            return 0;
        }
        int layers = partition.layers(stage);
        double ends = counts.ofRank(0, partition.hasEmbedding(stage), partition.hasHead(stage));
        double two = ends + (double) Math.min(2, layers) * counts.layer();
        double whole = ends + (double) layers * counts.layer();
        return elementBytes * ((strategy.parameterSharding().reshardAfterForward() ? two : whole) + two);
    }

    private double layerWeightGradientBytes() {
        return (double) elementBytes
                * (counts.queryKeyValue() + counts.projection() + counts.ffnInput() + counts.ffnOutput());
    }

    /// Bytes of a micro-batch from bytes of a token.
    private long bytes(double perToken) {
        return Math.round(perToken * strategy.microBatch() * training.sequenceLength());
    }
}
