// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.List;

/// A way in which tokens learn of those before them by a state that is carried along, instead of looking back: cost
/// and memory linear in the length.
///
/// What a layer does is said once, in its steps; parameters and operations follow. Operations are those of its
/// matrices: the updates of the state are no products with weights and are left out, as in the count of 6 for each
/// parameter and token.
public sealed interface Recurrence extends Sublayer permits RwkvTimeMix, MambaMixer, Mamba2Mixer {
    @Override
    default long parameters() {
        return whole().stream().mapToLong(LayerStep::parameters).sum();
    }

    @Override
    default double forwardFlops(long sequenceLength, AttentionCount count) {
        return 2.0 * sequenceLength * LayerStep.matrixElements(whole());
    }

    private List<LayerStep> whole() {
        return steps(LayerCut.NONE);
    }
}
