// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.OptionReport;
import java.util.List;
import java.util.Locale;

/// What became of each option of an imported file, as a table for a person: first what is not modelled, with its
/// place.
public final class ImportText {
    private static final int WIDEST_OPTION = 44;
    private static final int WIDEST_VALUE = 28;

    private ImportText() {}

    public static String write(Imported imported) {
        var out = new StringBuilder();
        for (Effect effect : List.of(Effect.NOT_MODELLED, Effect.MODELLED, Effect.NO_EFFECT_ON_TIME)) {
            List<OptionReport> options = imported.options().stream()
                    .filter(option -> option.effect() == effect)
                    .toList();
            if (!options.isEmpty()) {
                out.append(heading(effect)).append(" (").append(options.size()).append(")\n");
                boolean placed = effect == Effect.NOT_MODELLED;
                int room = options.stream()
                        .mapToInt(option -> placed ? option.at().toString().length() + 2 : 0)
                        .max()
                        .orElse(0);
                options.forEach(option -> line(option, room, out));
            }
        }
        return out.toString();
    }

    public static long count(Imported imported, Effect effect) {
        return imported.options().stream()
                .filter(option -> option.effect() == effect)
                .count();
    }

    /// The effect in words.
    static String heading(Effect effect) {
        return switch (effect) {
            case MODELLED -> "modelled";
            case NO_EFFECT_ON_TIME -> "no effect on time";
            case NOT_MODELLED -> "not modelled";
        };
    }

    /// @param room for the place, 0 where it is not shown
    private static void line(OptionReport option, int room, StringBuilder out) {
        String place = room == 0 ? "" : option.at() + ": ";
        String line = String.format(
                Locale.ROOT,
                "  %s%-" + WIDEST_OPTION + "s %-" + WIDEST_VALUE + "s %s",
                place + " ".repeat(room - place.length()),
                clean(option.option(), WIDEST_OPTION),
                clean(option.value(), WIDEST_VALUE),
                clean(option.note(), 160));
        out.append(line.stripTrailing()).append('\n');
    }

    /// The text on one line, without what a terminal would obey, and not too long.
    private static String clean(String text, int most) {
        var clean = new StringBuilder();
        text.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return clean.length() <= most ? clean.toString() : clean.substring(0, most - 3) + "...";
    }
}
