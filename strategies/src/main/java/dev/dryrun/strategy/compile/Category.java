// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.Categories;
import java.util.Arrays;
import java.util.Locale;

/// What the time of a step goes to.
public enum Category {
    /// Kernels of the forward and backward passes.
    COMPUTE,
    /// Kernels of forward passes that run again in the backward pass.
    RECOMPUTE,
    /// The device waits for its host to issue.
    HOST,
    /// Collectives of tensor and sequence parallelism.
    TENSOR_COMM,
    /// Messages between pipeline stages.
    PIPELINE_COMM,
    /// Collectives of data parallelism.
    DATA_COMM,
    EXPERT_COMM,
    CONTEXT_COMM,
    /// The optimizer step.
    OPTIMIZER,
    OFFLOAD,
    /// Members of a group wait for the slowest.
    IMBALANCE,
    /// A stage waits for its neighbours because of the schedule.
    BUBBLE,
    OTHER;

    /// All categories, for the engine.
    static final Categories ALL =
            new Categories(Arrays.stream(values()).map(Category::key).toList(), HOST.ordinal(), IMBALANCE.ordinal());

    /// Name in results.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
