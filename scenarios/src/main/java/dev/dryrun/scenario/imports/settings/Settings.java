// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.settings;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The values of a file by dotted name, in its order.
///
/// As with the entries of a scenario, an accessor that finds a wrong value reports it and returns a harmless one.
public final class Settings {
    private final Map<String, Setting> byName = new LinkedHashMap<>();
    private final Position start;
    private final Problems problems;

    public Settings(String file, List<Setting> settings, Problems problems) {
        start = Position.startOf(file);
        this.problems = problems;
        settings.forEach(setting -> byName.put(setting.name(), setting));
    }

    public Collection<Setting> all() {
        return byName.values();
    }

    public Problems problems() {
        return problems;
    }

    /// The setting of that name, be it null; null where there is none.
    public @Nullable Setting find(String name) {
        return byName.get(name);
    }

    /// Whether the name has a value other than null.
    public boolean has(String name) {
        Setting setting = byName.get(name);
        return setting != null && setting.value() != null;
    }

    /// Whether the name is there and says null.
    public boolean isNull(String name) {
        Setting setting = byName.get(name);
        return setting != null && setting.value() == null;
    }

    /// The first of several names that has a value; the first of all where none has.
    public String nameOf(List<String> names) {
        for (String name : names) {
            if (has(name)) {
                return name;
            }
        }
        return names.getFirst();
    }

    /// Where the value stands; the beginning of the file where there is none.
    public Position at(String name) {
        Setting setting = byName.get(name);
        return setting == null ? start : setting.at();
    }

    /// Whether the value is that text, in any case of letters.
    public boolean says(String name, String text) {
        Setting setting = byName.get(name);
        return setting != null && setting.text().toLowerCase(Locale.ROOT).equals(text);
    }

    /// A whole number; empty where there is none or a wrong one.
    public OptionalLong integer(String name, long min, long max) {
        Setting setting = byName.get(name);
        if (setting == null || setting.value() == null) {
            return OptionalLong.empty();
        }
        if (setting.value() instanceof Long number && number >= min && number <= max) {
            return OptionalLong.of(number);
        }
        String rule = "must be a whole number from " + min + " to " + max;
        wrong(
                name,
                rule,
                setting.value() instanceof String text && text.matches("[0-9]{1,15}") ? text + " without quotes" : "");
        return OptionalLong.empty();
    }

    public long integer(String name, long min, long max, long whenAbsent) {
        return integer(name, min, max).orElse(whenAbsent);
    }

    /// A number that is not negative.
    public double number(String name, double whenAbsent) {
        Setting setting = byName.get(name);
        return switch (setting == null ? null : setting.value()) {
            case null -> whenAbsent;
            case Long number when number >= 0 -> (double) number;
            case Double number when number >= 0 && !Double.isInfinite(number) -> number;
            default -> {
                wrong(name, "must be a number of at least 0", "");
                yield whenAbsent;
            }
        };
    }

    public boolean flag(String name, boolean whenAbsent) {
        Setting setting = byName.get(name);
        return switch (setting == null ? null : setting.value()) {
            case null -> whenAbsent;
            case Boolean flag -> flag;
            default -> {
                wrong(name, "must be true or false", "");
                yield whenAbsent;
            }
        };
    }

    public String text(String name, String whenAbsent) {
        Setting setting = byName.get(name);
        return switch (setting == null ? null : setting.value()) {
            case null -> whenAbsent;
            case String text -> text;
            default -> {
                wrong(name, "must be a text", "");
                yield whenAbsent;
            }
        };
    }

    /// Texts of a list, or those of one text between commas; empty where there are none.
    public List<String> texts(String name) {
        Setting setting = byName.get(name);
        return switch (setting == null ? null : setting.value()) {
            case null -> List.of();
            case String text -> text.isEmpty() ? List.of() : List.of(text.split(",", -1));
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                list.stream().map(String.class::cast).toList();
            default -> {
                wrong(name, "must be a list of texts", "");
                yield List.of();
            }
        };
    }

    /// Reports a problem with the value of that name, or with its absence.
    public void wrong(String name, String expected, String remedy) {
        Setting setting = byName.get(name);
        problems.add(at(name), name, setting == null ? "missing" : setting.shown(), expected, remedy);
    }
}
