// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import dev.dryrun.strategy.recompute.RecomputeChoice.Method;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The key `strategy.recompute`, a word or a block.
final class RecomputeBlock {
    private static final int MOST_LAYERS = 1 << 20;

    private RecomputeBlock() {}

    static RecomputeChoice read(Entry strategy) {
        if (!strategy.hasMapping("recompute")) {
            return RecomputeChoice.ofAll(strategy.choice("recompute", Recompute.class, Recompute.NONE));
        }
        Entry block = strategy.optionalChild("recompute");
        Recompute kind = block.choice("kind", Recompute.class);
        Method method = block.choice("method", Method.class, Method.UNIFORM);
        int layers = (int) block.integer("layers", method == Method.BLOCK ? 0 : 1, MOST_LAYERS, 1);
        List<Module> modules = modules(block, kind);
        block.rejectUnknownKeys();
        return new RecomputeChoice(kind, method, layers, modules);
    }

    private static List<Module> modules(Entry block, Recompute kind) {
        List<String> known = Arrays.stream(Module.values()).map(Entry::kebab).toList();
        List<Module> modules = new ArrayList<>();
        for (String name : block.texts("modules")) {
            if (known.contains(name)) {
                modules.add(Module.values()[known.indexOf(name)]);
            } else {
                block.problem("modules", "\"" + name + "\"", "must be among " + String.join(", ", known), "");
            }
        }
        if (kind != Recompute.SELECTIVE && !modules.isEmpty()) {
            block.problem(
                    "modules",
                    block.shown("modules"),
                    "are a matter of selective recomputation, and kind is " + Entry.kebab(kind),
                    "kind: selective");
            return List.of();
        }
        return kind == Recompute.SELECTIVE && modules.isEmpty() ? List.of(Module.CORE_ATTENTION) : modules;
    }

    /// A word, or a block where there is more to say than that.
    static Object plain(RecomputeChoice choice) {
        if (choice.isUsual()) {
            return Entry.kebab(choice.kind());
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("kind", Entry.kebab(choice.kind()));
        plain.put("method", Entry.kebab(choice.method()));
        plain.put("layers", choice.layers());
        if (!choice.modules().isEmpty()) {
            plain.put("modules", choice.modules().stream().map(Entry::kebab).toList());
        }
        return plain;
    }
}
