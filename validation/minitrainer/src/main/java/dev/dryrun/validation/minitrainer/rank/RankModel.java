// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.rank;

import dev.dryrun.strategy.model.BlockGroup;
import dev.dryrun.strategy.model.LogitHead;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.recompute.LayerRecompute;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputedLayer;
import dev.dryrun.validation.minitrainer.group.Groups;
import dev.dryrun.validation.minitrainer.model.BlockBuilder;
import dev.dryrun.validation.minitrainer.model.EmbeddingPiece;
import dev.dryrun.validation.minitrainer.model.HeadPiece;
import dev.dryrun.validation.minitrainer.model.Piece;
import dev.dryrun.validation.minitrainer.model.Rotation;
import dev.dryrun.validation.minitrainer.model.Shapes;
import dev.dryrun.validation.minitrainer.model.Share;
import dev.dryrun.validation.minitrainer.weights.Formats;
import dev.dryrun.validation.minitrainer.weights.Replicas;
import dev.dryrun.validation.minitrainer.weights.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Builds what a rank has of the model: first the weights of all its chunks, then the chunks.
final class RankModel {
    private final Job job;
    private final int stage;
    private final Formats formats;
    private final ModelArchitecture model;
    private final Share share;
    private final Shapes shapes;
    private final WeightStore store;
    private final @Nullable Rotation rotation;

    /// @param store into which weights go
    RankModel(Job job, int rank, Groups groups, WeightStore store) {
        this.job = job;
        this.store = store;
        stage = job.layout().stageOf(rank);
        formats = job.formats(rank);
        model = job.job().model();
        share = new Share(groups.tensor(), job.job().strategy().sequenceParallel());
        shapes = new Shapes(model.layers(), share.sequenceParallel(), share.ranks());
        rotation = rotation();
    }

    private @Nullable Rotation rotation() {
        var attention = new BlockBuilder(0, groupOf(0), shapes).attention();
        return attention.rotary()
                ? new Rotation(
                        job.job().training().sequenceLength(),
                        attention.headDimension(),
                        formats.device(),
                        formats.products())
                : null;
    }

    Share share() {
        return share;
    }

    /// The chunks of the stage.
    ///
    /// @param last whether the pass that runs is the last of its chunk in the step
    List<Chunk> chunks(Replicas replicas, BooleanSupplier last) {
        List<Chunk> chunks = new ArrayList<>();
        for (int chunk = 0; chunk < job.partition().chunks(); chunk++) {
            chunks.add(chunk(chunk, replicas, last));
            store.endBucket();
        }
        return chunks;
    }

    private Chunk chunk(int chunk, Replicas replicas, BooleanSupplier last) {
        EmbeddingPiece embedding = job.partition().hasEmbedding(stage, chunk) ? embedding() : null;
        List<Chunk.Stretch> stretches = stretches(chunk);
        HeadPiece head = job.partition().hasHead(stage, chunk) ? head() : null;
        return new Chunk(embedding, stretches, head, replicas, last);
    }

    private EmbeddingPiece embedding() {
        Unit table = store.table(tableShapes());
        Unit positions = model.embedding().positions() == 0 ? null : store.unit(shapes.positions(model.embedding()));
        return new EmbeddingPiece(model.embedding(), share, table, positions);
    }

    private List<dev.dryrun.validation.minitrainer.weights.WeightShape> tableShapes() {
        return shapes.table(model.embedding(), model.paddedVocabulary(share.ranks()));
    }

    private HeadPiece head() {
        BlockGroup last = groupOf(model.layers() - 1);
        boolean normed = last.finalNorm();
        Unit norm = normed ? store.unit(shapes.norm("norm", last.norm(), last.hidden())) : null;
        boolean tied = model.head() instanceof LogitHead logits && logits.tied();
        Unit matrix = tied
                ? store.table(tableShapes())
                : store.unit(shapes.head(model.embedding(), model.paddedVocabulary(share.ranks())));
        return new HeadPiece(
                share,
                normed ? last.norm() : null,
                norm,
                matrix,
                tied ? "table" : "head",
                model.embedding().vocabulary());
    }

    private BlockGroup groupOf(int layer) {
        return model.groups().get(model.order().get(layer));
    }

    private List<Chunk.Stretch> stretches(int chunk) {
        int layer = job.partition().firstLayer(stage, chunk);
        List<Chunk.Stretch> stretches = new ArrayList<>();
        List<Piece> segment = new ArrayList<>();
        for (RecomputedLayer each : job.job().strategy().layers(model.order(), stage, chunk)) {
            var builder = new BlockBuilder(layer, groupOf(layer), shapes);
            boolean whole = each.again().kind() == Recompute.FULL;
            LayerRecompute parts = whole ? LayerRecompute.NONE : each.again();
            segment.add(builder.piece(
                    store.unit(builder.weights()), share, job.job().stack().attention(), parts, rotation));
            layer++;
            if (each.isLast()) {
                stretches.add(new Chunk.Stretch(List.copyOf(segment), whole));
                segment.clear();
            }
        }
        return stretches;
    }
}
