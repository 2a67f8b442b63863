// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.sim.program.MemoryDelta;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What memory of a rank holds.
public enum MemoryCategory {
    /// Parameters, in the precision of the matrix products.
    WEIGHTS,
    /// Their accumulated gradients.
    GRADIENTS,
    /// Master copy and moments.
    OPTIMIZER,
    /// Parameters of others' shares, for as long as a layer needs them.
    GATHERED_PARAMETERS,
    /// Whole gradients on their way to the shares of their owners.
    COMMUNICATION,
    /// What layers keep from the forward to the backward pass.
    ACTIVATIONS,
    /// What is computed again for the backward pass.
    RECOMPUTED,
    /// Final norm, logits and loss.
    LOGITS_AND_LOSS,
    /// What the embedding keeps.
    EMBEDDING,
    /// What a pass needs while it runs, and gradients of products that stay cached.
    SCRATCH,
    /// Of the libraries of kernels.
    WORKSPACE,
    /// Gaps of the framework's allocator.
    FRAGMENTATION,
    /// What the device holds outside the allocator: driver, framework, communicators.
    CONTEXT;

    /// Names in the order of the ordinals.
    public static final List<String> NAMES =
            Arrays.stream(values()).map(MemoryCategory::key).toList();

    /// Name in results.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Name in text.
    public String words() {
        return key().replace('_', ' ');
    }

    /// Whether the framework's allocator counts it as allocated.
    public boolean isAllocated() {
        return compareTo(FRAGMENTATION) < 0;
    }

    /// Allocates (or, if negative, frees) bytes that stay.
    public MemoryDelta keep(long bytes) {
        return MemoryDelta.keep(ordinal(), bytes);
    }

    /// Uses bytes that are free again at the end.
    public MemoryDelta scratch(long bytes) {
        return MemoryDelta.scratch(ordinal(), bytes);
    }
}
