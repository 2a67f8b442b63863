// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.recompute;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
        /// Every k-th of a stage, k being the number: the k-th, the 2k-th and so on; the others keep everything.
        EVERY
    }

    /// A part of a layer that can be computed again by itself. Some drop what is inside and keep their input; the
    /// others keep all that they need and drop their output, which the next product would keep. Source: Megatron-LM,
    /// `--recompute-modules`.
    public enum Module {
        /// Scores, softmax, dropout and weighted sum: what is inside.
        CORE_ATTENTION,
        /// The norm ahead of each sublayer: its output.
        LAYERNORM,
        /// A dense MLP: what is inside.
        MLP,
        /// Router, exchange of tokens, experts and shared expert: what is inside.
        MOE,
        /// The activation function of the experts: its output.
        MOE_ACTIVATION,
        /// The MLP that every token passes beside the experts: what is inside.
        SHARED_EXPERTS,
        /// What makes queries, keys and values of the short vectors of latent attention, with their rotation: its
        /// output.
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

    /// Whether all layers are treated alike, each by itself, in the usual way of the kind.
    public boolean isUsual() {
        return equals(ofAll(kind));
    }

    /// As it reads in a line: "full", "selective (mlp)", "full (4 layers a segment)".
    public String words() {
        List<String> more = new ArrayList<>();
        if (!modules.equals(ofAll(kind).modules)) {
            modules.forEach(module -> more.add(named(module)));
        }
        if (kind != Recompute.NONE && (method != Method.UNIFORM || layers > 1)) {
            more.add(
                    switch (method) {
                        case UNIFORM -> layers + " layers a segment";
                        case BLOCK -> "the first " + layers + " layers of a chunk";
                        case EVERY -> "one in " + layers + " layers";
                    });
        }
        return named(kind) + (more.isEmpty() ? "" : " (" + String.join(", ", more) + ")");
    }

    private static String named(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Layers of a segment that keep one input together; 1 where each layer is by itself.
    public int segment() {
        return kind == Recompute.FULL && method == Method.UNIFORM ? layers : 1;
    }

    /// The layers of a chunk.
    ///
    /// @param groups of equal blocks to which its layers belong, in the order of the forward pass
    /// @param before layers of the stage's chunks before this one, on which the counting of every k-th layer goes on
    public List<RecomputedLayer> layers(List<Integer> groups, int before) {
        int segment = segment();
        List<RecomputedLayer> placed = new ArrayList<>();
        for (int place = 0; place < groups.size(); place++) {
            int first = place - place % segment;
            if (runsAgain(place, before) && segment > 1) {
                List<Integer> together = groups.subList(first, Math.min(groups.size(), first + segment));
                placed.add(new RecomputedLayer(whole(), together, place - first));
            } else {
                LayerRecompute again = runsAgain(place, before) ? whole() : LayerRecompute.NONE;
                placed.add(RecomputedLayer.alone(groups.get(place), again));
            }
        }
        return placed;
    }

    private boolean runsAgain(int place, int before) {
        return switch (method) {
            case UNIFORM -> true;
            case BLOCK -> place < layers;
            case EVERY -> (before + place + 1) % layers == 0;
        };
    }

    private LayerRecompute whole() {
        return new LayerRecompute(kind, modules);
    }

    /// The block of a module that predicts a further token: by itself, and kept whole where only some layers are
    /// computed again. Source: Megatron-LM, which has no blocks of layers there.
    public LayerRecompute ofPrediction() {
        return method == Method.UNIFORM ? whole() : LayerRecompute.NONE;
    }
}
