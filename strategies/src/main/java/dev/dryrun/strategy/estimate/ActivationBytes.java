// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.memory.MemoryRules;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.pipeline.StagePartition;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputedLayer;
import java.util.OptionalDouble;

/// Activations that a rank of the first stage keeps at most.
///
/// With p stages in the 1F1B order it has the forward passes of p micro-batches of L/p layers, those of L layers,
/// behind it when the first backward pass begins; with one stage the head's are kept as well. What a layer keeps
/// is `LayerActivations`, what embedding and head do is `MemoryModel`, with logits in fp32. Scratch of the pass that
/// runs, gaps of the allocator and the device's context come on top. Source: Korthikanti et al., 2022,
/// arXiv:2205.05198, section 4 (eqs. 1 to 5).
///
/// @param cut how a replica's ranks share the model
/// @param sequenceLength tokens of a sequence
/// @param microBatch sequences of a forward pass
/// @param precision of the matrix products
/// @param flash whether attention's scores are never written
public record ActivationBytes(ModelCut cut, long sequenceLength, long microBatch, Precision precision, boolean flash) {
    private static final double FP32_LOGITS = 4;

    /// Bytes at their peak; absent where nothing but the model's size is known.
    public OptionalDouble kept(ModelFigures figures, Recompute recompute) {
        ModelArchitecture model = figures.architecture();
        if (model == null) {
            return OptionalDouble.empty();
        }
        MemoryModel memory = oneStage(model, recompute);
        int inFlight = cut.stages();
        int layers = new StagePartition(model.layers(), cut.stages(), 1, false).layers(0);
        double perMicroBatch = memory.embeddingForward().netBytes();
        for (RecomputedLayer layer : memory.layers(0, 0).subList(0, layers)) {
            perMicroBatch += memory.layerForward(layer).netBytes();
        }
        double head = cut.stages() == 1 ? memory.headForward().netBytes() : 0;
        return OptionalDouble.of(inFlight * perMicroBatch + head);
    }

    /// A layer, embedding or head is the same on every stage that has it.
    private MemoryModel oneStage(ModelArchitecture model, Recompute recompute) {
        var training = new Training(sequenceLength, microBatch, precision, Optimizer.ADAM, OptionalDouble.empty());
        var strategy = new ParallelStrategy(
                RankGrid.of(cut.tensor(), 1, 1),
                cut.sequenceParallel(),
                "1f1b",
                1,
                false,
                Sharding.NONE,
                microBatch,
                recompute);
        return new MemoryModel(model, training, strategy, new MemoryRules(4, 0, 0, flash, FP32_LOGITS, false, 0, 1, 0));
    }
}
