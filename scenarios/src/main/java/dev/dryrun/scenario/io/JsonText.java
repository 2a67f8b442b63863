// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.io;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A JSON text in the making. Keys keep the order in which they are written; a number is the shortest decimal that
/// reads back as the same double; what is absent is left out, never null.
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(4096);
    private int depth;
    /// Whether the last thing written is an opening bracket, or nothing is.
    private boolean atStart = true;
    /// Whether the last thing written is a key.
    private boolean afterKey;

    public JsonText beginObject() {
        return open('{');
    }

    public JsonText endObject() {
        return close('}');
    }

    public JsonText beginArray() {
        return open('[');
    }

    public JsonText endArray() {
        return close(']');
    }

    public JsonText key(String key) {
        next();
        quoted(key);
        out.append(": ");
        afterKey = true;
        return this;
    }

    public JsonText field(String key, String value) {
        return key(key).value(value);
    }

    public JsonText field(String key, double value) {
        return key(key).value(value);
    }

    public JsonText field(String key, long value) {
        return key(key).value(value);
    }

    public JsonText field(String key, boolean value) {
        return key(key).value((Object) value);
    }

    public JsonText field(String key, OptionalDouble value) {
        return value.isPresent() ? field(key, value.getAsDouble()) : this;
    }

    public JsonText field(String key, Map<String, ?> value) {
        return key(key).value((Object) value);
    }

    public JsonText field(String key, Collection<?> value) {
        return key(key).value((Object) value);
    }

    public JsonText value(String value) {
        item();
        quoted(value);
        return this;
    }

    public JsonText value(long value) {
        item();
        out.append(value);
        return this;
    }

    public JsonText value(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("a result is " + value + ", which JSON cannot hold");
        }
        item();
        out.append(value);
        return this;
    }

    /// A plain value: text, number, flag, map in its order, collection.
    public JsonText value(@Nullable Object value) {
        switch (value) {
            case null -> literal("null");
            case String text -> value(text);
            case Double number -> value(number.doubleValue());
            case Number number -> value(number.longValue());
            case Boolean flag -> literal(flag.toString());
            case Map<?, ?> map -> {
                beginObject();
                map.forEach((key, item) -> key(String.valueOf(key)).value(item));
                endObject();
            }
            case Collection<?> items -> {
                beginArray();
                items.forEach(this::value);
                endArray();
            }
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        }
        return this;
    }

    /// The text, ending in a line break.
    @Override
    public String toString() {
        return out + "\n";
    }

    private void literal(String text) {
        item();
        out.append(text);
    }

    private JsonText open(char bracket) {
        item();
        out.append(bracket);
        depth++;
        atStart = true;
        return this;
    }

    private JsonText close(char bracket) {
        depth--;
        if (!atStart) {
            line();
        }
        out.append(bracket);
        atStart = false;
        return this;
    }

    /// Before a value: nothing after its key or at the very beginning, else a new line.
    private void item() {
        if (!afterKey && depth > 0) {
            next();
        }
        afterKey = false;
    }

    private void next() {
        if (!atStart) {
            out.append(',');
        }
        line();
        atStart = false;
    }

    private void line() {
        out.append('\n');
        out.repeat("  ", depth);
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
                        out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15));
                        out.append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
