// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.recompute.LayerRecompute;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import dev.dryrun.strategy.recompute.RecomputedLayer;
import java.util.List;

/// Floating-point operations of a step, of its matrix products only, over all ranks; a multiply-add is two.
///
/// A sequence of s tokens, h hidden, q and k the widths of the query and of the key heads, F the MLP's width, u the
/// width its first matrix puts out, V the vocabulary:
///
///     layer, forward  = 2 s (h (q + 2k) + q h + h u + F h) + core
///     core            = 4 q s^2             every token sees every token
///                     = 4 q s (s + 1) / 2   causal, what has to be computed
///     logits, forward = 2 s V h
///     model FLOPs     = 3 (L layer + logits)        backward is two forwards
///     hardware FLOPs  = model FLOPs + layer         of each that is computed again as a whole
///                                   + core          of each whose attention core is, other modules alike
///
/// of which the layer's is that of a dense block; others say theirs in their own classes.
/// For q = k = h and F = u = 4h the layer is 24 s h^2 + 4 s^2 h, as in Narayanan et al., 2021, arXiv:2104.04473,
/// appendix.
///
/// @param model that is trained
/// @param vocabularyEntries over all tensor ranks, padded or not
/// @param sequenceLength tokens of a sequence
/// @param attention which products of attention count
public record StepFlops(
        ModelArchitecture model, long vocabularyEntries, long sequenceLength, AttentionCount attention) {
    /// Which query-key pairs count.
    public enum AttentionCount {
        /// All pairs, though half of them are masked: what materialised attention computes and most conventions count.
        FULL_SQUARE,
        /// The pairs that the mask leaves.
        CAUSAL
    }

    /// Counts with the vocabulary as it is padded for that tensor size.
    public static StepFlops padded(ModelArchitecture model, int tensor, long sequenceLength, AttentionCount attention) {
        return new StepFlops(model, model.paddedVocabulary(tensor), sequenceLength, attention);
    }

    /// All layers and one sequence, forward.
    public double layersForward() {
        double sum = 0;
        for (BlockGroup group : model.groups()) {
            sum += group.forwardFlops(sequenceLength, attention);
        }
        return sum;
    }

    /// Scores and weighted sums of all layers and one sequence, forward.
    public double attentionCoresForward() {
        double sum = 0;
        for (BlockGroup group : model.groups()) {
            double block = 0;
            for (Sublayer sublayer : group.sublayers()) {
                if (sublayer instanceof Attention core) {
                    block += core.coreFlops(sequenceLength, attention);
                }
            }
            sum += group.count() * block;
        }
        return sum;
    }

    /// Logits of one sequence, forward.
    public double headForward() {
        return 2.0 * sequenceLength * vocabularyEntries * model.hidden();
    }

    /// Products of adapters of one sequence, forward.
    private double adaptersForward() {
        double sum = 0;
        for (BlockGroup group : model.groups()) {
            sum += 2.0 * sequenceLength * group.count() * group.adapterParameters();
        }
        return sum;
    }

    /// Forward and backward of a step, nothing computed twice. What is frozen has no gradient of its weights.
    public double model(long globalBatch) {
        double forward = layersForward() + headForward() + predictionForward();
        double trained = 3 * globalBatch * (forward + adaptersForward());
        return model.adapters().freeze() ? trained - globalBatch * (forward - attentionCoresForward()) : trained;
    }

    /// Modules that predict further tokens, of one sequence, forward.
    private double predictionForward() {
        PredictionModules modules = model.prediction();
        return modules == null ? 0 : modules.forwardFlops(sequenceLength, attention);
    }

    /// Forward and backward of a step with what is computed again.
    ///
    /// @param layers of the model, each with what is computed again of it, in any order
    /// @param prediction what is computed again of the blocks of modules that predict further tokens
    public double hardware(long globalBatch, List<RecomputedLayer> layers, LayerRecompute prediction) {
        double again = 0;
        for (RecomputedLayer layer : layers) {
            again += again(model.groups().get(layer.group()), layer.again());
            again += layer.again().kind() == Recompute.FULL ? adaptersForward() / model.layers() : 0;
        }
        PredictionModules modules = model.prediction();
        if (modules != null) {
            again += modules.count() * again(model.groups().getLast(), prediction);
        }
        return model(globalBatch) + globalBatch * again;
    }

    /// What is computed again of one block and one sequence.
    private double again(BlockGroup group, LayerRecompute recompute) {
        double sum = 0;
        for (Sublayer sublayer : group.sublayers()) {
            sum += switch (recompute.kind()) {
                case NONE -> 0;
                case SELECTIVE -> modules(sublayer, recompute.modules());
                case FULL -> sublayer.forwardFlops(sequenceLength, attention);
            };
        }
        return sum;
    }

    private double modules(Sublayer sublayer, List<Module> modules) {
        double sum = 0;
        if (sublayer instanceof Attention core && modules.contains(Module.CORE_ATTENTION)) {
            sum += core.coreFlops(sequenceLength, attention);
        }
        if (sublayer instanceof LatentAttention latent && modules.contains(Module.LATENT_UP_PROJECTION)) {
            sum += 2.0 * sequenceLength * latent.upProjection();
        }
        if (sublayer instanceof DenseFeedForward mlp && modules.contains(Module.MLP)) {
            sum += mlp.forwardFlops(sequenceLength, attention);
        }
        if (sublayer instanceof ExpertFeedForward experts) {
            DenseFeedForward shared = experts.shared();
            if (modules.contains(Module.MOE)) {
                sum += experts.forwardFlops(sequenceLength, attention);
            } else if (shared != null && modules.contains(Module.SHARED_EXPERTS)) {
                sum += shared.forwardFlops(sequenceLength, attention);
            }
        }
        return sum;
    }
}
