// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Given;
import dev.dryrun.hardware.catalog.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values of a draft in the order in which scenarios are written. A name that is refined as well
/// (`stack: te-2024` and `stack.data_parallel.overlap: false`) becomes the key of a block that says what it refines.
public final class DraftTree {
    private DraftTree() {}

    /// The values by the keys under which they are written, in order.
    static Map<String, ScenarioDraft.Value> ordered(ScenarioDraft draft) {
        Map<String, ScenarioDraft.Value> renamed = new LinkedHashMap<>();
        draft.values().forEach((key, value) -> renamed.put(refined(draft, key), value));
        List<String> keys = new ArrayList<>(renamed.keySet());
        keys.sort(BlockOrder::compare);
        Map<String, ScenarioDraft.Value> ordered = new LinkedHashMap<>();
        keys.forEach(key -> ordered.put(key, renamed.get(key)));
        return ordered;
    }

    /// The draft as a document whose values stand where they were taken from.
    public static Document document(String name, ScenarioDraft draft, Problems problems) {
        Map<String, Given> values = new LinkedHashMap<>();
        ordered(draft).forEach((key, value) -> values.put(key, new Given(value.value(), value.at())));
        return Document.of(name, values, problems);
    }

    private static String refined(ScenarioDraft draft, String key) {
        boolean block = draft.values().keySet().stream().anyMatch(each -> each.startsWith(key + "."));
        if (!block) {
            return key;
        }
        return switch (key) {
            case "cluster.fabric" -> key + ".type";
            case "strategy.recompute" -> key + ".kind";
            default -> key + ".extends";
        };
    }

    /// The draft as plain maps and values, in the order in which scenarios are written.
    public static Map<String, Object> plain(ScenarioDraft draft) {
        Map<String, Object> plain = new LinkedHashMap<>();
        ordered(draft).forEach((key, value) -> put(plain, key, value.value()));
        return plain;
    }

    private static void put(Map<String, Object> into, String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            into.put(key, value);
            return;
        }
        @SuppressWarnings("unchecked")
        var inner = (Map<String, Object>)
                into.computeIfAbsent(key.substring(0, dot), part -> new LinkedHashMap<String, Object>());
        put(inner, key.substring(dot + 1), value);
    }
}
