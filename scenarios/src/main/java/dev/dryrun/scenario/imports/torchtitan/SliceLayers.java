// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.scenario.imports.settings.Setting;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/// Layers of each slice, in the order of the forward pass.
///
/// Unless a file lists them, embedding and head weigh some layers, all is shared evenly, and the earliest slices have
/// what is left over. Source: torchtitan, `pipeline_parallel.generate_llm_fqn_per_model_part`, read 2026-11.
final class SliceLayers {
    private SliceLayers() {}

    /// @param first layers that the embedding weighs
    /// @param last layers that the head weighs
    static List<Long> shared(long layers, long slices, long first, long last) {
        long places = layers + first + last;
        List<Long> each = new ArrayList<>();
        for (long slice = 0; slice < slices; slice++) {
            long held = places / slices + (slice < places % slices ? 1 : 0);
            each.add(held - (slice == 0 ? first : 0) - (slice == slices - 1 ? last : 0));
        }
        return each;
    }

    /// Those of a file that lists the modules of each slice, or the layers at which all slices but the first begin;
    /// empty where the list is another one.
    static List<Long> written(Settings settings, long layers) {
        Setting modules = settings.find(Names.MODULES);
        return modules == null
                ? between(settings.texts(settings.nameOf(Names.SPLIT_POINTS)), layers)
                : modules.value() instanceof List<?> parts
                        ? parts.stream().map(SliceLayers::layersOf).toList()
                        : List.of();
    }

    private static long layersOf(Object part) {
        return part instanceof List<?> modules
                ? modules.stream()
                        .filter(module -> String.valueOf(module).startsWith("layers."))
                        .count()
                : 0;
    }

    private static List<Long> between(List<String> points, long layers) {
        List<Long> each = new ArrayList<>();
        long begun = 0;
        for (String point : points) {
            if (!point.strip().matches("layers\\.[0-9]{1,6}")) {
                return List.of();
            }
            long next = Long.parseLong(point.strip().substring("layers.".length()));
            each.add(next - begun);
            begun = next;
        }
        each.add(layers - begun);
        return each;
    }

    /// Whether a scenario can say so: each slice but the first and the last has a layer, and all have the model's.
    static boolean fit(List<Long> each, long layers, long slices) {
        for (int slice = 0; slice < each.size(); slice++) {
            boolean end = slice == 0 || slice == each.size() - 1;
            if (each.get(slice) < (end ? 0 : 1)) {
                return false;
            }
        }
        return each.size() == slices && each.stream().mapToLong(Long::longValue).sum() == layers;
    }
}
