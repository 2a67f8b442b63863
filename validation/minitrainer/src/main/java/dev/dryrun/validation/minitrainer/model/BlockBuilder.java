// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.model.BlockGroup;
import dev.dryrun.strategy.model.DenseFeedForward;
import dev.dryrun.strategy.model.ExpertFeedForward;
import dev.dryrun.strategy.model.FeedForward;
import dev.dryrun.strategy.model.GroupedQueryAttention;
import dev.dryrun.strategy.recompute.LayerRecompute;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import dev.dryrun.validation.minitrainer.weights.Unit;
import dev.dryrun.validation.minitrainer.weights.WeightShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a block of a group of equal ones.
///
/// @param layer number of the block
/// @param group it belongs to
/// @param shapes of tensors
public record BlockBuilder(int layer, BlockGroup group, Shapes shapes) {
    /// Dimensions of its attention.
    public GroupedQueryAttention attention() {
        if (group.sublayers().getFirst() instanceof GroupedQueryAttention attention) {
            return attention;
        }
        throw new IllegalStateException("no kernels for " + group.sublayers());
    }

    private FeedForward feedForward() {
        if (group.sublayers().getLast() instanceof FeedForward feedForward) {
            return feedForward;
        }
        throw new IllegalStateException("no kernels for " + group.sublayers());
    }

    /// Its tensors, in the order in which they lie.
    public List<WeightShape> weights() {
        List<WeightShape> all = new ArrayList<>();
        all.addAll(shapes.norm(Shapes.name(layer, "attention.norm"), group.norm(), group.hidden()));
        all.addAll(shapes.attention(layer, attention()));
        all.addAll(shapes.norm(Shapes.name(layer, "mlp.norm"), group.norm(), group.hidden()));
        all.addAll(
                switch (feedForward()) {
                    case DenseFeedForward dense -> shapes.mlp(layer, dense);
                    case ExpertFeedForward experts -> shapes.experts(layer, experts);
                    default -> throw new IllegalStateException("no kernels for " + feedForward());
                });
        return all;
    }

    /// The block.
    ///
    /// @param unit with its weights
    /// @param again what runs again of it, where not all of it does
    public BlockPiece piece(
            Unit unit, Share share, Stack.Attention kind, LayerRecompute again, @Nullable Rotation rotation) {
        var attends = new AttentionPiece(
                layer,
                attention(),
                group.norm(),
                share,
                unit,
                kind,
                again.modules().contains(Module.CORE_ATTENTION),
                rotation);
        boolean mlpAgain = again.modules().contains(Module.MLP) && feedForward() instanceof DenseFeedForward;
        return new BlockPiece(
                unit, attends, new FeedForwardPiece(layer, feedForward(), group.norm(), share, unit, mlpAgain));
    }
}
