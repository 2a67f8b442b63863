// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import dev.dryrun.hardware.catalog.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A scenario in the making: values by dotted key (`strategy.pipeline.stages`), each with the place it was taken from
/// and a remark for the reader. Keys keep the order in which they were first set; a later value replaces an earlier
/// one.
public final class ScenarioDraft {
    /// A value of the draft.
    ///
    /// @param value a text, a `Long`, a `Double`, a `Boolean`, or a list of such values
    /// @param at where it was taken from
    /// @param remark for the reader of the written scenario; may be empty
    public record Value(Object value, Position at, String remark) {}

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, String> open = new LinkedHashMap<>();

    /// Sets a value, with the place it was taken from and a remark.
    public void set(String key, Object value, Position at, String remark) {
        boolean fits =
                value instanceof List<?> items ? items.stream().allMatch(ScenarioDraft::isScalar) : isScalar(value);
        if (!fits) {
            throw new IllegalArgumentException(key + " is a " + value.getClass() + "; no scenario can hold it");
        }
        values.put(key, new Value(value instanceof List<?> items ? List.copyOf(items) : value, at, remark));
        open.remove(key);
    }

    private static boolean isScalar(Object value) {
        return value instanceof String || value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    public void set(String key, Object value, Position at) {
        set(key, value, at, "");
    }

    /// Says that a key has to be filled in by hand, and why: `the script does not say which machine`. A value that is
    /// set, before or after, closes the gap.
    public void leaveOpen(String key, String why) {
        if (!values.containsKey(key)) {
            open.put(key, why);
        }
    }

    /// Takes out a key and all keys below it.
    public void remove(String key) {
        values.keySet().removeIf(each -> isAtOrBelow(each, key));
        open.keySet().removeIf(each -> isAtOrBelow(each, key));
    }

    private static boolean isAtOrBelow(String key, String top) {
        return key.equals(top) || key.startsWith(top + ".");
    }

    /// The value of a key, or null.
    public @Nullable Value get(String key) {
        return values.get(key);
    }

    /// Whether the key or any key below it has a value.
    public boolean has(String key) {
        return values.keySet().stream().anyMatch(each -> isAtOrBelow(each, key));
    }

    /// All values in order.
    public Map<String, Value> values() {
        return Collections.unmodifiableMap(values);
    }

    /// Keys that have to be filled in by hand, each with the reason.
    public Map<String, String> open() {
        return Collections.unmodifiableMap(open);
    }
}
