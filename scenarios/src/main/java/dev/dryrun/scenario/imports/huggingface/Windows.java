// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;

/// Attention within a sliding window of tokens: in all layers, in every n-th, or in layers from some number on.
final class Windows {
    private static final String WINDOW = "sliding_window";
    private static final String LAYERS = "layer_types";
    private static final String SLIDING = "sliding_attention";

    private Windows() {}

    /// All layers slide; an explicit null means that none does.
    static void slidingEverywhere(ModelConfig config, long whenAbsent) {
        if (byLayer(config, whenAbsent)) {
            return;
        }
        if (config.has(WINDOW) || (whenAbsent > 0 && !config.settings().isNull(WINDOW))) {
            put(config, whenAbsent, 1, WINDOW);
        }
    }

    /// With `use_sliding_window`, layers from `max_window_layers` on slide.
    static void slidingFrom(ModelConfig config, long firstWhenAbsent) {
        if (!config.flag("use_sliding_window", false)) {
            for (String unused : List.of("use_sliding_window", WINDOW, "max_window_layers", LAYERS)) {
                config.noEffect(unused, "attention is full: use_sliding_window is off");
            }
            return;
        }
        if (byLayer(config, 4096)) {
            config.noEffect("use_sliding_window", "layer_types says which layers slide");
            config.noEffect("max_window_layers", "layer_types says which layers slide");
            return;
        }
        long first = config.settings().integer("max_window_layers", 0, 1 << 20, firstWhenAbsent);
        if (first == 0) {
            put(config, 4096, 1, WINDOW);
            config.put("sliding_window.every", 1L, "max_window_layers", "use_sliding_window");
        } else {
            for (String name : List.of("use_sliding_window", WINDOW, "max_window_layers")) {
                config.gap(name, "attention is full in all layers, not only in the first " + first);
            }
        }
    }

    /// Every second layer slides, the first among them.
    static void slidingAlternately(ModelConfig config, long whenAbsent) {
        if (!byLayer(config, whenAbsent) && !config.settings().isNull(WINDOW)) {
            put(config, whenAbsent, 2, WINDOW);
        }
    }

    /// Reads `layer_types`; false where it is absent.
    private static boolean byLayer(ModelConfig config, long whenAbsent) {
        Settings settings = config.settings();
        List<String> types = settings.texts(LAYERS);
        if (types.isEmpty()) {
            return false;
        }
        int every = every(types);
        if (every > 0) {
            put(config, whenAbsent, every, WINDOW);
            config.put("sliding_window.every", (long) every, LAYERS);
        } else if (types.contains(SLIDING)) {
            config.gap(LAYERS, "attention is full in all layers: those that slide follow no regular pattern");
            config.noEffect(WINDOW, "no layer slides in the scenario, see layer_types");
        } else {
            config.noEffect(LAYERS, "attention is full in all layers");
            config.noEffect(WINDOW, "no layer slides");
        }
        return true;
    }

    /// n where exactly one of n layers slides, the first or the last of each n; 0 where there is no such n.
    private static int every(List<String> types) {
        for (int n = 1; n <= types.size(); n++) {
            for (int slides : new int[] {0, n - 1}) {
                boolean fits = true;
                for (int i = 0; i < types.size(); i++) {
                    fits &= types.get(i).equals(SLIDING) == (i % n == slides);
                }
                if (fits) {
                    return n;
                }
            }
        }
        return 0;
    }

    private static void put(ModelConfig config, long whenAbsent, long every, String name) {
        config.size("sliding_window.tokens", whenAbsent, name);
        config.put("sliding_window.every", every, name);
    }
}
