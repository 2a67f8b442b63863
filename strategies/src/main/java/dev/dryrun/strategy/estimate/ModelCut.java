// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.pipeline.StagePartition;
import org.jspecify.annotations.Nullable;

/// How the ranks of one replica share the model.
///
/// @param tensor ranks that share the matrices of a layer
/// @param stages pipeline stages
/// @param sequenceParallel whether norms and residuals are split along the sequence too
public record ModelCut(int tensor, int stages, boolean sequenceParallel) {
    public ModelCut {
        if (tensor < 1 || stages < 1) {
            throw new IllegalArgumentException(
                    "tensor is " + tensor + " and stages is " + stages + "; both must be at least 1");
        }
    }

    /// The whole model on one GPU.
    public static final ModelCut NONE = new ModelCut(1, 1, false);

    /// GPUs of a replica.
    public long ranks() {
        return (long) tensor * stages;
    }

    /// Why a model cannot be cut so, or null where it can.
    public @Nullable String problemWith(ModelFigures figures) {
        ModelArchitecture model = figures.architecture();
        if (model == null) {
            return null;
        }
        String problem = model.problemWith(LayerCut.dense(tensor));
        return problem != null ? problem : StagePartition.problemWith(model.layers(), stages, 1, false);
    }

    /// Parameters of the rank that holds most: that of the first stage with the embedding or of the last with the head,
    /// the vocabulary padded to a multiple of the ranks that share it. P over the ranks where only P is known.
    public double parametersOfFullestRank(ModelFigures figures) {
        ModelArchitecture model = figures.architecture();
        if (model == null) {
            return figures.parameters() / ranks();
        }
        var partition = new StagePartition(model.layers(), stages, 1, false);
        long vocabulary = Math.ceilDiv(model.embedding().vocabulary(), tensor) * (long) tensor;
        var counts = new ParameterCounts(model, LayerCut.dense(tensor), vocabulary);
        double most = 0;
        for (int stage = 0; stage < stages; stage++) {
            double ends = counts.ends(partition.hasEmbedding(stage), partition.hasHead(stage));
            int first = partition.firstLayer(stage, 0);
            most = Math.max(
                    most, ends + counts.blocks(first, partition.layers(stage)).total());
        }
        return most;
    }
}
