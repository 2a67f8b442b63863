// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import dev.dryrun.hardware.catalog.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A scenario in the making: values by dotted key (`strategy.pipeline.stages`), each with the place it was taken from
/// and a remark for the reader. Keys keep the order in which they were first set; a later value replaces an earlier
/// one.
public final class ScenarioDraft {
    /// A value of the draft.
    ///
    /// @param value a text, a `Long`, a `Double` or a `Boolean`
    /// @param at where it was taken from
    /// @param remark for the reader of the written scenario; may be empty
    public record Value(Object value, Position at, String remark) {}

    private final Map<String, Value> values = new LinkedHashMap<>();

    /// Sets a value, with the place it was taken from and a remark.
    public void set(String key, Object value, Position at, String remark) {
        if (!(value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean)) {
            throw new IllegalArgumentException(key + " is a " + value.getClass() + "; no scenario can hold it");
        }
        values.put(key, new Value(value, at, remark));
    }

    public void set(String key, Object value, Position at) {
        set(key, value, at, "");
    }

    /// The value of a key, or null.
    public @Nullable Value get(String key) {
        return values.get(key);
    }

    /// All values in order.
    public Map<String, Value> values() {
        return java.util.Collections.unmodifiableMap(values);
    }
}
