// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.settings;

import dev.dryrun.hardware.catalog.Position;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One value of a file and the dotted name it has there.
///
/// @param name dotted: `zero_optimization.stage`
/// @param at where it stands
/// @param value a text, a `Long`, a `Double`, a `Boolean`, a list, an empty map, or null
/// @param text of a scalar as written
public record Setting(String name, Position at, @Nullable Object value, String text) {
    private static final int LONGEST_SHOWN = 60;

    /// The value in one line, as the file writes it: scalars without quotes, lists by their items.
    public String written() {
        return value == null || value instanceof List<?> || value instanceof Map<?, ?> ? plain(value) : text;
    }

    /// The value as a message names it: texts in quotes, nothing longer than a line.
    public String shown() {
        String written = written();
        String visible = written.length() <= LONGEST_SHOWN ? written : written.substring(0, LONGEST_SHOWN - 3) + "...";
        var clean = new StringBuilder();
        visible.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return value instanceof String ? "\"" + clean + "\"" : clean.toString();
    }

    /// Whether the value says that nothing is to be done: false, zero, an empty text or list, `none`, `disabled`.
    public boolean isOff() {
        return switch (value) {
            case null -> true;
            case Boolean flag -> !flag;
            case Long number -> number == 0;
            case Double number -> number == 0;
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> text.isEmpty() || text.equals("none") || text.equals("disabled");
        };
    }

    private static String plain(@Nullable Object value) {
        var text = new StringBuilder();
        switch (value) {
            case List<?> list -> {
                text.append('[');
                for (Object item : list) {
                    text.append(text.length() > 1 ? ", " : "").append(plain(item));
                }
                text.append(']');
            }
            case Map<?, ?> map -> {
                text.append('{');
                map.forEach((key, member) -> text.append(text.length() > 1 ? ", " : "")
                        .append(key)
                        .append(": ")
                        .append(plain(member)));
                text.append('}');
            }
            case null, default -> text.append(value);
        }
        return text.toString();
    }
}
