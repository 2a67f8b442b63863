// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.recompute;

import java.util.List;
import java.util.Optional;

/// Which layers, or which of their modules, are computed again, as frameworks let it be chosen.
///
/// @param kind what is dropped of a layer that is computed again
/// @param method which layers of a chunk those are
/// @param layers number that the method speaks of
/// @param modules what is dropped where the kind is selective
public record RecomputeChoice(Recompute kind, Method method, int layers, List<Module> modules) {
    /// Which layers of a chunk are computed again. Source: Megatron-LM, `--recompute-method`; torchtitan,
    /// `selective_ac_option`.
    public enum Method {
        /// All of them, in segments of so many layers, of which the input of the first is kept.
        UNIFORM,
        /// The first so many; the others keep everything.
        BLOCK,
        /// Every k-th, from the first on, k being the number; the others keep everything.
        EVERY
    }

    /// A part of a layer that can be computed again by itself. Source: Megatron-LM, `--recompute-modules`.
    public enum Module {
        CORE_ATTENTION,
        LAYERNORM,
        MLP,
        MOE,
        MOE_ACTIVATION,
        SHARED_EXPERTS,
        LATENT_UP_PROJECTION
    }

    public RecomputeChoice {
        modules = List.copyOf(modules);
        if (layers < 0 || (layers == 0 && method != Method.BLOCK)) {
            throw new IllegalArgumentException(
                    "layers is " + layers + "; it must be at least 1, or 0 in a block of none");
        }
        if (kind != Recompute.SELECTIVE && !modules.isEmpty()) {
            throw new IllegalArgumentException("modules are " + modules + "; they are a matter of selective");
        }
        if (kind == Recompute.SELECTIVE && modules.isEmpty()) {
            throw new IllegalArgumentException("modules are none; selective drops at least one");
        }
    }

    /// The same of every layer by itself.
    public static RecomputeChoice ofAll(Recompute kind) {
        List<Module> modules = kind == Recompute.SELECTIVE ? List.of(Module.CORE_ATTENTION) : List.of();
        return new RecomputeChoice(kind, Method.UNIFORM, 1, modules);
    }

    /// Layers of a chunk of so many that are computed again.
    public int again(int ofChunk) {
        if (kind == Recompute.NONE) {
            return 0;
        }
        return switch (method) {
            case UNIFORM -> ofChunk;
            case BLOCK -> Math.min(layers, ofChunk);
            case EVERY -> Math.ceilDiv(ofChunk, layers);
        };
    }

    /// Layers of a chunk of so many of which only the input is kept until the backward pass, where they are computed
    /// again as a whole.
    public int keptInputs(int ofChunk) {
        return method == Method.UNIFORM ? Math.ceilDiv(ofChunk, layers) : again(ofChunk);
    }

    /// What is simulated of it with chunks of so many layers, THE ONE PLACE that decides so: all layers alike, each by
    /// itself, whole or the core of attention. Empty where a step would be another than the one that is compiled.
    public Optional<Recompute> simulated(int ofChunk) {
        int again = again(ofChunk);
        if (again == 0) {
            return Optional.of(Recompute.NONE);
        }
        boolean alike = again == ofChunk && keptInputs(ofChunk) == ofChunk;
        boolean known = kind != Recompute.SELECTIVE || modules.equals(List.of(Module.CORE_ATTENTION));
        return alike && known ? Optional.of(kind) : Optional.empty();
    }
}
