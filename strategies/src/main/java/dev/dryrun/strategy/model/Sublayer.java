// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a block that has a norm of its own and adds to the residual stream.
public sealed interface Sublayer extends ModelPart permits Attention, Recurrence, FeedForward {
    /// What its forward pass does between its norm and its addition to the residual stream, as one rank sees it.
    List<LayerStep> steps(LayerCut cut);

    /// Why its matrices cannot be shared so, or null where they can.
    ///
    /// @param of the model's name
    @Nullable
    String problemWith(LayerCut cut, String of);
}
