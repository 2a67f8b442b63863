// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.scenario.imports.ImportSource;
import dev.dryrun.scenario.imports.settings.Setting;
import dev.dryrun.scenario.imports.settings.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Reads settings from TOML.
final class TomlSettings {
    private static final int LARGEST = 1 << 18;
    private static final int DEEPEST = 40;

    private final String file;
    private final List<Setting> settings = new ArrayList<>();

    private TomlSettings(String file) {
        this.file = file;
    }

    /// What the file says; nothing where it is no TOML, with problems that say why.
    static Settings read(ImportSource source) {
        var reader = new TomlSettings(source.name());
        String text = source.text().startsWith("\uFEFF") ? source.text().substring(1) : source.text();
        if (text.length() > LARGEST || depth(text) > DEEPEST) {
            String found = text.length() > LARGEST ? text.length() + " characters long" : "nested too deep";
            source.problems().add(Position.startOf(source.name()), "", found, "must be a job file of torchtitan", "");
            return new Settings(source.name(), List.of(), source.problems());
        }
        TomlParseResult toml = Toml.parse(text);
        for (TomlParseError error : toml.errors()) {
            source.problems()
                    .add(
                            reader.place(error.position()),
                            "",
                            "not TOML (" + clean(error.getMessage()) + ")",
                            "must be valid TOML",
                            "");
        }
        if (!toml.hasErrors()) {
            reader.table(toml, "");
        }
        return new Settings(source.name(), reader.settings, source.problems());
    }

    /// How deep values can be nested at most: the parser calls itself for each open bracket, and tables are nested for
    /// each dot of a line. Those in texts and comments count too; no job file has them in such numbers.
    private static int depth(String text) {
        int brackets = 0;
        int dots = 0;
        int deepest = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '[', '{' -> brackets++;
                case ']', '}' -> brackets = Math.max(0, brackets - 1);
                case '.' -> dots++;
                case '\n' -> dots = 0;
                default -> {}
            }
            deepest = Math.max(deepest, Math.max(brackets, dots / 20));
        }
        return deepest;
    }

    private void table(TomlTable table, String prefix) {
        for (String key : table.keySet()) {
            List<String> path = List.of(key);
            Object value = table.get(path);
            String name = prefix + key;
            if (value instanceof TomlTable inner && !inner.isEmpty()) {
                table(inner, name + ".");
            } else {
                settings.add(new Setting(name, place(table.inputPositionOf(path)), plain(value), written(value)));
            }
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case TomlArray array -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (int i = 0; i < array.size(); i++) {
                    items.add(plain(array.get(i)));
                }
                yield items;
            }
            case TomlTable table -> table.toMap();
            case Long number -> number;
            case Double number -> number;
            case Boolean flag -> flag;
            case null -> null;
            default -> value.toString();
        };
    }

    private static String written(@Nullable Object value) {
        boolean plain = value instanceof Double number
                && !Double.isNaN(number)
                && !Double.isInfinite(number)
                && number != 0
                && Math.abs(number) >= 1e-6
                && Math.abs(number) < 1e-3;
        if (value == null || value instanceof TomlArray || value instanceof TomlTable) {
            return "";
        }
        return plain ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString() : value.toString();
    }

    private Position place(@Nullable TomlPosition position) {
        return position == null
                ? Position.startOf(file)
                : new Position(file, Math.max(1, position.line()), Math.max(1, position.column()));
    }

    private static String clean(@Nullable String message) {
        String text = message == null ? "it cannot be read" : message;
        return text.length() <= 120 ? text : text.substring(0, 117) + "...";
    }
}
