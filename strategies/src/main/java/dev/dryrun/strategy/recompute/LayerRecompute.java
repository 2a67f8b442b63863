// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.recompute;

import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.util.List;

/// What of one layer is dropped in the forward pass and computed again in the backward pass.
///
/// @param kind nothing, some modules or the whole layer
/// @param modules where the kind is selective
public record LayerRecompute(Recompute kind, List<Module> modules) {
    /// All is kept.
    public static final LayerRecompute NONE = new LayerRecompute(Recompute.NONE, List.of());
    /// The core of attention.
    public static final LayerRecompute SELECTIVE =
            new LayerRecompute(Recompute.SELECTIVE, List.of(Module.CORE_ATTENTION));
    /// All but the input.
    public static final LayerRecompute FULL = new LayerRecompute(Recompute.FULL, List.of());

    public LayerRecompute {
        modules = List.copyOf(modules);
        if ((kind == Recompute.SELECTIVE) == modules.isEmpty()) {
            throw new IllegalArgumentException("modules are " + modules + " where the kind is " + kind);
        }
    }

    /// The usual of a kind.
    public static LayerRecompute of(Recompute kind) {
        return switch (kind) {
            case NONE -> NONE;
            case SELECTIVE -> SELECTIVE;
            case FULL -> FULL;
        };
    }
}
