// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.settings;

import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.settings.Fates.Fate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A table of the settings that a program knows, with what becomes of each where the importer itself says nothing.
///
///     train_batch_size     | modelled                   |
///     steps_per_print      | no effect                  | logging
///     sparse_attention.*   | not modelled               | attention is simulated dense
///     aio.*                | not modelled unless off    | nothing is moved to storage
///
/// `*` at the end stands for anything. `unless` names harmless values; `off` is [Setting#isOff],
/// harmless too where it switches a block off. What is modelled but
/// was not asked for has no effect, for the reason in the row.
public final class KnownSettings {
    private static final String UNLESS = " unless ";

    private record Row(Effect effect, List<String> harmless, String note) {}

    private final Map<String, Row> exact = new TreeMap<>();
    private final Map<String, Row> blocks = new TreeMap<>();

    /// Reads the table that lies beside a class.
    public KnownSettings(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource + " beside " + beside);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.split("\\|", -1)) {
            cells.add(cell.strip());
        }
        if (cells.size() != 3) {
            throw new IllegalStateException("a row of three cells is needed: " + line);
        }
        String effect = cells.get(1);
        int unless = effect.indexOf(UNLESS);
        List<String> harmless = unless < 0
                ? List.of()
                : List.of(effect.substring(unless + UNLESS.length()).split(", ", -1));
        var row = new Row(effect(unless < 0 ? effect : effect.substring(0, unless)), harmless, cells.get(2));
        String name = cells.get(0);
        boolean block = name.endsWith("*");
        Row earlier = block ? blocks.put(name.substring(0, name.length() - 1), row) : exact.put(name, row);
        if (earlier != null) {
            throw new IllegalStateException(name + " stands twice in the table");
        }
    }

    private static Effect effect(String words) {
        return switch (words) {
            case "modelled" -> Effect.MODELLED;
            case "no effect" -> Effect.NO_EFFECT_ON_TIME;
            case "not modelled" -> Effect.NOT_MODELLED;
            default -> throw new IllegalStateException("no such effect: " + words);
        };
    }

    Fate fate(Setting setting, Settings settings) {
        Row row = row(setting.name());
        if (setting.value() == null) {
            return new Fate(Effect.NO_EFFECT_ON_TIME, "not set");
        }
        if (row == null) {
            String near = Nearest.quoted(setting.name(), exact.keySet());
            return new Fate(
                    Effect.NOT_MODELLED, near.isEmpty() ? "unknown" : "unknown, maybe " + near.replace("\"", ""));
        }
        String switched = offSwitch(setting.name(), settings);
        if (switched != null) {
            return new Fate(Effect.NO_EFFECT_ON_TIME, switched + " is off");
        }
        if (row.effect() == Effect.NOT_MODELLED && isHarmless(setting, row.harmless())) {
            return new Fate(Effect.NO_EFFECT_ON_TIME, "as simulated");
        }
        if (row.effect() == Effect.MODELLED) {
            return new Fate(Effect.NO_EFFECT_ON_TIME, row.note().isEmpty() ? "not read here" : row.note());
        }
        return new Fate(row.effect(), row.note());
    }

    private @Nullable Row row(String name) {
        Row row = exact.get(name);
        for (int end = name.length(); row == null && end > 0; end--) {
            row = blocks.get(name.substring(0, end));
        }
        return row;
    }

    private static boolean isHarmless(Setting setting, List<String> harmless) {
        boolean isSwitch = setting.name().endsWith(".enabled") || setting.name().endsWith(".enable");
        return harmless.contains(setting.written()) || ((harmless.contains("off") || isSwitch) && setting.isOff());
    }

    /// The `enabled` of a block around the setting that is off; null where there is none.
    private static @Nullable String offSwitch(String name, Settings settings) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            for (String word : List.of("enabled", "enable")) {
                String candidate = name.substring(0, dot + 1) + word;
                if (settings.has(candidate) && !candidate.equals(name) && settings.says(candidate, "false")) {
                    return candidate;
                }
            }
        }
        return null;
    }
}
